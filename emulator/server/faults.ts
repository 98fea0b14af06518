import type { Fault, FaultRule } from './fault.js';

/** The faults that have not happened yet. */
export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  /** The fault for a request, if any. Each rule counts the requests that it matches. */
  take(operation: string, roleArn: string | undefined): Fault | undefined;
}

/** Creates an empty list of faults. */
export function createFaults(): Faults {
  let rules: { readonly rule: FaultRule; seen: number }[] = [];
  return {
    add(rule) {
      rules.push({ rule, seen: 0 });
    },
    clear() {
      rules = [];
    },
    take(operation, roleArn) {
      for (const entry of rules) {
        const { operation: named, roleArn: role, after = 0, first = 1, fault } = entry.rule;
        if ((named !== '*' && named !== operation) || (role !== undefined && role !== roleArn)) {
          continue;
        }
        entry.seen += 1;
        if (entry.seen > after && entry.seen <= after + first) {
          return fault;
        }
      }
      return undefined;
    },
  };
}
