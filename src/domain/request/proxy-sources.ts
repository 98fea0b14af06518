import type { Environment } from '../input/environment.js';
import { type RawInputs, trimmed } from '../input/input-names.js';
import type { ProxySources } from '../proxy/proxy.js';

/** The inputs and variables of a step's proxies. */
export function proxySources(inputs: RawInputs, environment: Environment): ProxySources {
  return { proxy: trimmed(inputs, 'http-proxy'), exceptions: trimmed(inputs, 'no-proxy'), environment };
}
