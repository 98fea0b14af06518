import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpReply } from '../wire/http-message.js';
import type { Fault } from './fault.js';

/** Ends or stalls the connection instead of answering, if that is the fault. Returns whether it did. */
export function breakConnection(fault: Fault, response: ServerResponse): boolean {
  if (fault.kind === 'reset') {
    response.socket?.resetAndDestroy();
  }
  if (fault.kind === 'raw') {
    response.socket?.end(fault.text);
  }
  if (fault.kind === 'stall-body') {
    response.writeHead(200, { 'content-type': 'text/xml', 'content-length': 1000 });
    response.write('<AssumeRoleResponse');
  }
  return ['reset', 'raw', 'stall', 'stall-body'].includes(fault.kind);
}

/** Sends an answer. The fault may cut it off or slow it down. `now` is in epoch milliseconds. */
export async function sendReply(
  response: ServerResponse,
  reply: HttpReply,
  { now, fault }: { readonly now: number; readonly fault: Fault | undefined },
): Promise<void> {
  response.sendDate = false;
  const body = Buffer.from(reply.body);
  const headers = { date: new Date(now).toUTCString(), ...reply.headers, 'content-length': String(body.length) };
  const omitted = reply.omitted ?? [];
  response.writeHead(
    reply.status,
    Object.fromEntries(Object.entries(headers).filter(([name]) => !omitted.includes(name))),
  );
  if (fault?.kind === 'cut') {
    await written(response, body.subarray(0, fault.bytes ?? Math.floor(body.length / 2)));
    if (fault.reset) {
      response.socket?.resetAndDestroy();
    } else {
      response.socket?.end();
    }
    return;
  }
  if (fault?.kind === 'drip') {
    for (let at = 0; at < body.length && !response.destroyed; at += 1) {
      await written(response, body.subarray(at, at + 1));
      await sleep(fault.ms, undefined, { ref: false });
    }
    response.end();
    return;
  }
  response.end(body);
}

function written(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  // Writing zero bytes would send nothing and never call back.
  response.flushHeaders();
  if (bytes.length === 0) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    response.write(bytes, () => resolve());
  });
}
