import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { AnswerTooLarge } from '../domain/chain/call-failure.js';

/** Bytes of any answer that are read; the longest that STS gives has some ten thousand. */
const limitBytes = 1_048_576;

let isBounded = false;

/**
 * Bounds every answer over HTTP that this process reads from now on, those that the AWS SDK asks for by itself too: a longer
 * one fails with `AnswerTooLarge`, and its connection is closed.
 */
export function boundAnswers(): void {
  if (!isBounded) {
    isBounded = true;
    subscribe('http.client.request.start', (message) => bound((message as { request: ClientRequest }).request));
  }
}

function bound(request: ClientRequest): void {
  request.once('response', (answer: IncomingMessage) => {
    const push = answer.push.bind(answer);
    let size = 0;
    answer.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
      size += chunk?.length ?? 0;
      if (size <= limitBytes) {
        return push(chunk, encoding);
      }
      const error = new AnswerTooLarge(limitBytes);
      answer.destroy(error);
      request.destroy(error);
      return false;
    };
  });
}
