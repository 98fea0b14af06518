import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { AnswerTooLarge } from '../domain/calls/call-failure.js';

/** Maximum bytes of an answer; the longest answers of STS have about ten thousand. */
const limitBytes = 1_048_576;

let isBounded = false;

/** Maximum bytes of an answer that is parsed quickly; parsing a longer one may block the main thread. */
const lightBytes = 65_536;

/**
 * Limits the size of every HTTP answer that this process reads from now on, also in the AWS SDK: a larger answer fails
 * with `AnswerTooLarge`, and its connection is closed. `onLong` is called before an answer that is slow to parse is
 * read.
 */
export function boundAnswers(onLong: () => void): void {
  if (!isBounded) {
    isBounded = true;
    subscribe('http.client.request.start', (message) => bound((message as { request: ClientRequest }).request, onLong));
  }
}

function bound(request: ClientRequest, onLong: () => void): void {
  request.once('response', (answer: IncomingMessage) => {
    const push = answer.push.bind(answer);
    let size = 0;
    answer.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
      const before = size;
      size += chunk?.length ?? 0;
      if (before <= lightBytes && size > lightBytes) {
        onLong();
      }
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
