import { request as forward } from 'node:http';
import { serve } from './servers.js';

/** An answer that can be changed before it is sent; `cutAfter` ends it early. */
export interface PassedAnswer {
  /** The request: its `Authorization` header and body. */
  readonly question: { readonly authorization: string; readonly body: string };
  status: number;
  headers: Record<string, string>;
  body: string;
  /** Resets the connection after this many bytes of the body. */
  cutAfter?: number;
}

/** Starts a proxy that changes an STS's answers. `alter` gets the operation and the number of its earlier calls. */
export async function alteredSts(
  behind: string,
  alter: (answer: PassedAnswer, operation: string, before: number) => void,
): Promise<{ readonly url: string; readonly asked: readonly string[]; readonly connections: () => number }> {
  const asked: string[] = [];
  const { url, connections } = await serve((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const operation = new URLSearchParams(body.toString('utf8')).get('Action') ?? '';
      const before = asked.filter((one) => one === operation).length;
      asked.push(operation);
      const { method, headers, url: path = '/' } = incoming;
      const outgoing = forward(new URL(path, behind), { method, headers }, async (answer) => {
        const given: Buffer[] = [];
        for await (const chunk of answer) {
          given.push(chunk as Buffer);
        }
        const passed: PassedAnswer = {
          question: { authorization: headers.authorization ?? '', body: body.toString('utf8') },
          status: answer.statusCode ?? 502,
          headers: { ...(answer.headers as Record<string, string>) },
          body: Buffer.concat(given).toString('utf8'),
        };
        alter(passed, operation, before);
        const whole = Buffer.from(passed.body);
        response.sendDate = false;
        response.writeHead(passed.status, { ...passed.headers, 'content-length': whole.length });
        if (passed.cutAfter === undefined) {
          response.end(whole);
        } else {
          response.write(whole.subarray(0, passed.cutAfter), () => response.socket?.resetAndDestroy());
        }
      });
      outgoing.end(body);
    });
  });
  return { url, asked, connections };
}
