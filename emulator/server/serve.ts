import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpRequest } from '../wire/http-message.js';
import { errorReply } from '../wire/sts-reply.js';
import { answer, type Exchange } from './answer.js';
import type { AnswerContext } from './answer-context.js';
import { answerControl } from './answer-control.js';
import { answerIssuer } from './answer-issuer.js';
import type { Emulator } from './emulator.js';
import { awsErrorOf } from './real-reply.js';
import { sendReply } from './send-reply.js';

const keptBody = 10_000_001;

/** Answers every request to the server. */
export function serve(server: Server, emulator: Emulator, context: AnswerContext): void {
  const connections = new WeakMap<Socket, number>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    count += 1;
    connections.set(socket, count);
  });
  server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(incoming.socket) ?? 0;
    respond(emulator, context, { incoming, response, connection }).catch((error: unknown) => {
      // A client that disconnects during its request gets no answer; that is not a failure of the emulator.
      if (!incoming.complete) {
        return;
      }
      const failure = awsErrorOf(context.state, error);
      if (response.headersSent) {
        return;
      }
      void sendReply(response, errorReply(failure, randomUUID()), { now: context.state.clock.now(), fault: undefined });
    });
  });
}

async function respond(
  emulator: Emulator,
  context: AnswerContext,
  { incoming, response, connection }: Exchange & { readonly incoming: IncomingMessage },
): Promise<void> {
  const request = await readRequest(incoming);
  const own =
    answerControl(emulator, request) ?? (await answerIssuer(emulator, context.state.signingKey, request.path));
  const answered =
    own === undefined ? await answer(context, request, { response, connection }) : { reply: own, fault: undefined };
  if (answered !== undefined) {
    await sendReply(response, answered.reply, { now: context.state.clock.now(), fault: answered.fault });
  }
}

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    if (size < keptBody) {
      chunks.push(chunk);
    }
    size += chunk.length;
  }
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s, 2);
  const headers = Object.fromEntries(
    Object.entries(incoming.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
  );
  const sourceIp = (incoming.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  return { method: incoming.method ?? 'GET', path, query, headers, body: Buffer.concat(chunks), sourceIp };
}
