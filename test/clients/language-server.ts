import { spawn } from 'node:child_process';

/** A problem that an editor underlines; lines and columns start at 1. */
interface Diagnostic {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** An editor in which YAML texts are opened one after the other. */
export interface Editor {
  readonly diagnose: (text: string) => Promise<readonly Diagnostic[]>;
  /** The completions offered at the end of a text. */
  readonly complete: (text: string) => Promise<readonly string[]>;
  readonly close: () => void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

interface Published {
  readonly uri: string;
  readonly diagnostics: readonly {
    readonly message: string;
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
  }[];
}

/**
 * Starts a language server as an editor does: JSON-RPC over standard input and output.
 * https://microsoft.github.io/language-server-protocol/
 */
export async function openEditor(program: string): Promise<Editor> {
  const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'], env: {} });
  const answers = new Map<number, (result: unknown) => void>();
  const published = new Map<string, (diagnostics: Published['diagnostics']) => void>();
  const send = (message: object) => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  readMessages(server.stdout, ({ id, method, params, result }) => {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as Published;
      published.get(uri)?.(diagnostics);
    } else if (method !== undefined && id !== undefined) {
      send({
        id,
        result: method === 'workspace/configuration' ? (params as { items: [] }).items.map(() => null) : null,
      });
    } else if (id !== undefined) {
      answers.get(id)?.(result);
    }
  });
  let last = 0;
  const request = (method: string, params: object) =>
    new Promise<unknown>((resolve) => {
      last += 1;
      answers.set(last, resolve);
      send({ id: last, method, params });
    });
  let files = 0;
  const open = async (text: string) => {
    files += 1;
    const uri = `file:///roles-${files}.yml`;
    const diagnosed = new Promise<Published['diagnostics']>((resolve) => published.set(uri, resolve));
    const textDocument = { uri, languageId: 'yaml', version: 1, text };
    send({ method: 'textDocument/didOpen', params: { textDocument } });
    return { uri, diagnostics: await diagnosed };
  };
  await request('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  send({ method: 'initialized', params: {} });
  return {
    diagnose: async (text) =>
      (await open(text)).diagnostics.map(({ message, range: { start } }) => ({
        line: start.line + 1,
        column: start.character + 1,
        message,
      })),
    complete: async (text) => {
      const { uri } = await open(text);
      const lines = text.split('\n');
      const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
      const found = (await request('textDocument/completion', { textDocument: { uri }, position })) as {
        readonly items: readonly { readonly label: string }[];
      };
      return found.items.map(({ label }) => label);
    },
    close: () => server.kill(),
  };
}

function readMessages(stream: NodeJS.ReadableStream, take: (message: Message) => void): void {
  let rest = Buffer.alloc(0);
  stream.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const head = rest.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(rest.subarray(0, Math.max(head, 0)).toString())?.[1]);
      if (head < 0 || rest.length < head + 4 + length) {
        return;
      }
      take(JSON.parse(rest.subarray(head + 4, head + 4 + length).toString()) as Message);
      rest = rest.subarray(head + 4 + length);
    }
  });
}
