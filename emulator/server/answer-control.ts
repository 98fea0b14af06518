import { type HttpReply, type HttpRequest, jsonReply } from '../wire/http-message.js';
import type { Emulator } from './emulator.js';
import { allVariables } from './environments.js';
import { readFaultRules } from './read-fault-rules.js';

type Control = (emulator: Emulator, request: HttpRequest) => HttpReply;

const controls: Readonly<Record<string, Control>> = {
  'GET /_emulator/requests': (emulator) => jsonReply(200, emulator.requests),
  'GET /_emulator/notes': (emulator) => jsonReply(200, emulator.notes),
  'GET /_emulator/environment': (emulator) => jsonReply(200, allVariables(emulator)),
  'POST /_emulator/faults': (emulator, request) => {
    for (const rule of readFaultRules(JSON.parse(request.body.toString('utf8')))) {
      emulator.faults.add(rule);
    }
    return jsonReply(200, {});
  },
  'DELETE /_emulator/faults': (emulator) => {
    emulator.faults.clear();
    return jsonReply(200, {});
  },
  'POST /_emulator/clock': (emulator, request) => {
    const { advance } = JSON.parse(request.body.toString('utf8')) as { advance?: unknown };
    if (typeof advance !== 'number') {
      return jsonReply(400, { message: 'advance must be a number of seconds.' });
    }
    emulator.clock.advance(advance);
    return jsonReply(200, { now: emulator.clock.now() });
  },
};

/** Answers the control API under `/_emulator/`, which other processes use; `undefined` for every other path. */
export function answerControl(emulator: Emulator, request: HttpRequest): HttpReply | undefined {
  const control = controls[`${request.method} ${request.path}`];
  if (control === undefined) {
    return undefined;
  }
  try {
    return control(emulator, request);
  } catch (error) {
    return jsonReply(400, { message: error instanceof Error ? error.message : String(error) });
  }
}
