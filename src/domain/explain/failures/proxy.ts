import type { FailureRow } from './failure-row.js';

/** Failures of a proxy, before AWS or the token service could answer. */
export const proxyFailures: readonly FailureRow[] = [
  {
    title: 'The proxy refused the connection',
    codes: ['ProxyRefused'],
    causes: [
      "The proxy's allow-list does not contain the host after CONNECT in the message above.",
      'The proxy does not allow this machine, this user, or CONNECT to this port.',
    ],
    fixes: [
      'Ask the administrator of the proxy to allow CONNECT to that host. The step calls STS (sts.<region>.amazonaws.com) and, for an ID token, the host of ACTIONS_ID_TOKEN_REQUEST_URL.',
      'If the runner can reach the host without the proxy, add the host to no-proxy.',
    ],
  },
  {
    title: 'The proxy requires authentication',
    codes: ['ProxyAuthenticationRequired', 'HTTP 407'],
    causes: ['The proxy requires a user name and a password, or rejected the ones that it received.'],
    fixes: ['Set http-proxy: http://user:password@host:port. Take the password from a secret, and URL-encode it.'],
  },
  {
    title: 'The proxy could not reach the server',
    codes: ['ProxyUnavailable'],
    causes: [
      'The proxy cannot resolve the host after CONNECT in the message above, or has no route to it.',
      'The proxy is overloaded or down.',
    ],
    fixes: [
      'Ask the administrator of the proxy. The log of the proxy has the same CONNECT.',
      'Check the host name: it comes from aws-region or sts-endpoint.',
    ],
  },
  {
    title: 'The proxy did not answer',
    codes: ['ProxyTimeout'],
    causes: [
      'The proxy accepts connections and forwards nothing.',
      'http-proxy (or HTTPS_PROXY) is not the address of a proxy, or begins with https:// although the proxy uses http.',
    ],
    fixes: [
      'On the runner, run: curl -v -x <the proxy> https://sts.<region>.amazonaws.com. It shows the answer of the proxy.',
    ],
  },
];
