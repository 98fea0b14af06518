/** Faults that inject an AWS error without further options. */
export const plainErrors = [
  'throttle',
  'internal-error',
  'unavailable',
  'idp-communication',
  'verification-key',
  'access-denied',
  'invalid-client-token',
  'region-disabled',
  'expired-web-token',
] as const;

/** An AWS error instead of the real answer. */
export type ErrorFault =
  | { readonly kind: (typeof plainErrors)[number] }
  /** `percent` gives the text of STS before September 2026, `bytes` the current one. */
  | { readonly kind: 'packed-too-large'; readonly percent?: number; readonly bytes?: number }
  | { readonly kind: 'error'; readonly code: string; readonly status: number; readonly message?: string };

/** Another answer instead of the real one. */
type ReplyFault =
  | { readonly kind: 'redirect' | 'malformed' | 'empty' }
  /** Any HTTP answer, such as status 408 or a proxy's error page. */
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** The real answer with changes: XML elements or JSON members by name, headers by name; `null` removes one. */
export interface AlteredFault {
  readonly kind: 'altered';
  readonly elements?: Readonly<Record<string, string | null>>;
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** A fault of the connection; times in milliseconds. */
type ConnectionFault =
  | { readonly kind: 'latency'; readonly ms: number }
  /** `stall` sends nothing; `stall-body` sends the headers and the beginning of the body. */
  | { readonly kind: 'stall' | 'stall-body' }
  /** Resets the connection instead of answering. */
  | { readonly kind: 'reset' }
  /** Ends the connection after this many bytes of the body (default: half of it), with FIN or, if `reset`, with RST. */
  | { readonly kind: 'cut'; readonly bytes?: number; readonly reset?: boolean }
  /** Sends the real answer one byte at a time, every `ms`. */
  | { readonly kind: 'drip'; readonly ms: number }
  /** The real answer, padded with spaces to this size. */
  | { readonly kind: 'huge'; readonly bytes: number }
  /** This text instead of an HTTP answer. */
  | { readonly kind: 'raw'; readonly text: string };

/** What the emulator does instead of answering as AWS. */
export type Fault = ErrorFault | ReplyFault | AlteredFault | ConnectionFault;

/** A fault for requests of one operation and role: `first` of them (default 1) after skipping `after`. */
export interface FaultRule {
  readonly operation: string;
  readonly first?: number;
  readonly after?: number;
  readonly roleArn?: string;
  readonly fault: Fault;
}
