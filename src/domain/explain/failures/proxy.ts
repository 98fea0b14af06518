import type { FailureRow } from './row.js';

/** Failures of a proxy, before AWS or the token service could answer. */
export const proxyFailures: readonly FailureRow[] = [
  {
    title: 'The proxy refused the connection',
    codes: ['ProxyRefused'],
    causes: [
      "The proxy's allow-list does not have the host that is named after CONNECT above.",
      'The proxy allows nothing for this machine or this user, or no CONNECT to this port.',
    ],
    fixes: [
      'Ask the administrator of the proxy to allow CONNECT to that host. The hosts are STS of the Region (sts.<region>.amazonaws.com) and, with an ID token, the host of ACTIONS_ID_TOKEN_REQUEST_URL.',
      'If the runner reaches the host without the proxy, add the host to no-proxy.',
    ],
  },
  {
    title: 'The proxy requires authentication',
    codes: ['ProxyAuthenticationRequired', 'HTTP 407'],
    causes: ['The proxy requires a user name and a password, or rejected the ones that it received.'],
    fixes: ['Set http-proxy: http://user:password@host:port, with the password from a secret and URL-encoded.'],
  },
  {
    title: 'The proxy could not reach the server',
    codes: ['ProxyUnavailable'],
    causes: [
      'The proxy cannot resolve the host that is named after CONNECT above, or has no route to it.',
      'The proxy is overloaded or down.',
    ],
    fixes: [
      'Ask the administrator of the proxy; its log has the same CONNECT.',
      'Check the host: aws-region and sts-endpoint.',
    ],
  },
  {
    title: 'The proxy did not answer',
    codes: ['ProxyTimeout'],
    causes: [
      'The proxy accepts connections and forwards nothing.',
      'http-proxy (or HTTPS_PROXY) names another service than a proxy, or https:// where the proxy speaks http.',
    ],
    fixes: ['On the runner: curl -v -x <the proxy> https://sts.<region>.amazonaws.com shows its answer.'],
  },
];
