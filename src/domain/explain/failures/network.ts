import type { FailureRow } from './row.js';

const ownCa =
  'Point NODE_EXTRA_CA_CERTS (in the env of the job or of the runner) at a file with the CA certificate, in PEM.';
const opensTls = 'A proxy or firewall opens TLS and shows a certificate of its own.';

/** Everything between the runner and AWS. https://nodejs.org/api/errors.html#common-system-errors */
export const networkFailures: readonly FailureRow[] = [
  {
    title: 'The name of the server could not be resolved',
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_FAIL'],
    causes: [
      'aws-region or sts-endpoint is misspelt, so there is no such host.',
      'The runner has no DNS for public names: it needs a proxy, or a VPC endpoint with private DNS.',
    ],
    fixes: ['On the runner: getent hosts <the name above>. Behind a proxy set http-proxy; the proxy then resolves it.'],
  },
  {
    title: 'Nothing listens at the address',
    codes: ['ECONNREFUSED'],
    causes: [
      'http-proxy (or HTTPS_PROXY) names a proxy that is not running there.',
      'sts-endpoint (or AWS_ENDPOINT_URL_STS) names an address or port where nothing listens.',
    ],
    fixes: ['Compare the address above with the proxy and the endpoint of this step.'],
  },
  {
    title: 'The connection was cut',
    codes: ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET'],
    causes: [
      'A firewall or proxy cuts connections to AWS.',
      'The other side broke off in the middle, and the retries were used up.',
    ],
    fixes: ['Run the job again. If it stays, look into the log of the proxy or firewall.'],
  },
  {
    title: 'No answer in time',
    codes: ['ETIMEDOUT', 'TimeoutError', 'ESOCKETTIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT'],
    causes: [
      'A firewall swallows the packets, or a private subnet has no way out (NAT, proxy or VPC endpoint).',
      'The service is very slow, and the retries were used up.',
    ],
    fixes: ['On the runner: curl -v https://sts.<region>.amazonaws.com. Behind a proxy set http-proxy.'],
  },
  {
    title: 'There is no way to the address',
    codes: ['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'],
    causes: ['The network of the runner has no route there, often for IPv6 only.'],
    fixes: ['Mend the route, or set http-proxy.'],
  },
  {
    title: 'The proxy wants to know who asks',
    codes: ['ProxyAuthenticationRequired', 'HTTP 407', 'ERR_PROXY_TUNNEL'],
    causes: ['The proxy asks for a user name and password, or refused the ones it got.'],
    fixes: ['Write http-proxy: http://user:password@host:port with the password from a secret (in URL encoding).'],
  },
  {
    title: 'The certificate is not of a known authority',
    codes: [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_UNTRUSTED',
      'CERT_SIGNATURE_FAILURE',
    ],
    causes: [opensTls, 'sts-endpoint is a server of your own with a private or self-signed certificate.'],
    fixes: [ownCa, 'Never switch the check off: whoever opens TLS here sees credentials.'],
  },
  {
    title: 'The certificate is out of date',
    codes: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
    causes: [
      'The clock of the runner is off: AWS renews its certificates in time.',
      'The certificate of the proxy or of sts-endpoint has run out.',
    ],
    fixes: ['Check the clock first (date -u), then the certificate.'],
  },
  {
    title: 'The certificate is for another name',
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'],
    causes: ['sts-endpoint is not the name that stands in the certificate.', opensTls],
    fixes: ['Write the name from the certificate. For a VPC endpoint use its private DNS name.'],
  },
  {
    title: 'TLS could not be agreed on',
    codes: ['EPROTO', 'ERR_SSL_*'],
    causes: [
      'The address speaks plain http, and https was asked for (or the port is wrong).',
      'A proxy or firewall breaks the handshake.',
    ],
    fixes: ['Check scheme and port of sts-endpoint and http-proxy.'],
  },
];
