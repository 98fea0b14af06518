import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';

/** The fields of the Docker client's request to create a container. */
interface ContainerRequest {
  readonly Cmd: readonly string[];
  readonly Env?: readonly string[] | null;
  readonly HostConfig?: { readonly Binds?: readonly string[] | null };
}

/**
 * A Docker daemon for one test. Its containers are processes that see only what the client passes: variables, and
 * volumes below a root folder of their own. Every image runs the given program.
 */
export async function serveDocker(program: string, path: string): Promise<{ readonly host: string }> {
  const root = await mkdtemp(join(tmpdir(), 'container-'));
  let wanted: ContainerRequest = { Cmd: [] };
  let output: Duplex | undefined;
  let exitCode: Promise<number> | undefined;

  const start = async (): Promise<void> => {
    for (const bind of wanted.HostConfig?.Binds ?? []) {
      const [source = '', target = ''] = bind.split(':');
      await mkdir(join(root, dirname(target)), { recursive: true });
      await symlink(source, join(root, target));
    }
    const given = Object.fromEntries((wanted.Env ?? []).map((entry) => entry.split(/=(.*)/s)));
    const env = { ...given, PATH: path, HOME: join(root, 'root') };
    const child = spawn(program, wanted.Cmd, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk: Buffer) => output?.write(frame(1, chunk)));
    child.stderr.on('data', (chunk: Buffer) => output?.write(frame(2, chunk)));
    exitCode = new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
    void exitCode.then(() => output?.end());
  };

  const server = createServer(async (request, response) => {
    const url = (request.url ?? '').replace(/^\/v[\d.]+/, '').replace(/\?.*/, '');
    const send = (status: number, body?: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body));
    if (url === '/_ping') {
      response.writeHead(200, { 'api-version': '1.47', 'content-type': 'text/plain' }).end('OK');
    } else if (url === '/containers/create') {
      wanted = JSON.parse(await read(request)) as ContainerRequest;
      send(201, { Id: 'c0ffee', Warnings: [] });
    } else if (url.endsWith('/start')) {
      await start();
      send(204);
    } else if (url.endsWith('/wait')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
      const until = setInterval(async () => {
        if (exitCode !== undefined) {
          clearInterval(until);
          response.end(JSON.stringify({ StatusCode: await exitCode }));
        }
      }, 20);
    } else {
      send(404, { message: `no ${url} here` });
    }
  });
  server.on('upgrade', (_request: IncomingMessage, socket: Duplex) => {
    output = socket;
    socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n');
    socket.write('Content-Type: application/vnd.docker.multiplexed-stream\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    output?.destroy();
    await rm(root, { recursive: true, force: true });
  });
  return { host: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A frame of container output in Docker's format: stream, length, bytes. */
function frame(stream: number, chunk: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt8(stream, 0);
  head.writeUInt32BE(chunk.length, 4);
  return Buffer.concat([head, chunk]);
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
  }
  return text;
}
