import type { FailureRow } from './failure-row.js';

const ownCa =
  'Set NODE_EXTRA_CA_CERTS (in the env of the job or of the runner) to a PEM file with the certificate of the CA.';
const decryptsTls = 'A proxy or firewall decrypts TLS and presents its own certificate.';

/** The network between the runner and AWS. https://nodejs.org/api/errors.html#common-system-errors */
export const networkFailures: readonly FailureRow[] = [
  {
    title: 'DNS could not resolve the host name',
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_FAIL'],
    causes: [
      'aws-region or sts-endpoint is misspelled, so the host does not exist.',
      'The runner cannot resolve public host names. It needs a proxy, or a VPC endpoint with private DNS.',
    ],
    fixes: [
      'On the runner, run: getent hosts <the name above>. If the runner needs a proxy, set http-proxy: the proxy then resolves the name.',
    ],
  },
  {
    title: 'The connection was refused',
    codes: ['ECONNREFUSED'],
    causes: [
      'http-proxy (or HTTPS_PROXY) is the address of a proxy that is not running.',
      'sts-endpoint (or AWS_ENDPOINT_URL_STS) is an address or port where no server listens.',
    ],
    fixes: ['Compare the address above with the proxy and the endpoint of this step.'],
  },
  {
    title: 'The connection was closed',
    codes: ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET'],
    causes: ['A firewall or proxy closes connections to AWS.', 'The server closed the connection before it answered.'],
    fixes: ['Run the job again. If it fails again, check the log of the proxy or firewall.'],
  },
  {
    title: 'The server did not answer in time',
    codes: ['ETIMEDOUT', 'TimeoutError', 'ESOCKETTIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT'],
    causes: [
      'A firewall drops the packets, or a private subnet has no internet access (NAT, proxy or VPC endpoint).',
      'The server is very slow.',
    ],
    fixes: [
      'On the runner, run: curl -v https://sts.<region>.amazonaws.com. If the runner needs a proxy, set http-proxy.',
    ],
  },
  {
    title: 'The network has no route to the address',
    codes: ['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'],
    causes: ['The network of the runner has no route to the address, often only for IPv6.'],
    fixes: ['Correct the route, or set http-proxy.'],
  },
  {
    title: 'The answer is not HTTP',
    codes: ['HPE_*'],
    causes: [
      'A different server listens at the address, or the address needs https.',
      'A proxy or gateway sends headers of more than 16 kB.',
    ],
    fixes: ['On the runner, curl -v <the address> shows what the server sends.'],
  },
  {
    title: 'Untrusted certificate',
    codes: [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_UNTRUSTED',
      'CERT_SIGNATURE_FAILURE',
    ],
    causes: [decryptsTls, 'sts-endpoint is a private server with a private or self-signed certificate.'],
    fixes: [ownCa, 'Do not turn off certificate verification: a server that decrypts TLS here can read credentials.'],
  },
  {
    title: 'Expired certificate',
    codes: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
    causes: [
      'The clock of the runner is wrong. This is more likely than an expired certificate of AWS.',
      'The certificate of the proxy or of sts-endpoint has expired.',
    ],
    fixes: ['Check the clock first (date -u), then the certificate.'],
  },
  {
    title: 'The certificate is for another host name',
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'],
    causes: ['The host name in sts-endpoint is not in the certificate.', decryptsTls],
    fixes: ['Use a host name that is in the certificate. For a VPC endpoint, use its private DNS name.'],
  },
  {
    title: 'The TLS handshake failed',
    codes: ['EPROTO', 'ERR_SSL_*'],
    causes: [
      'The server speaks http, and the address says https (or the port is wrong).',
      'A proxy or firewall breaks the handshake.',
    ],
    fixes: ['Check the scheme and the port of sts-endpoint and http-proxy.'],
  },
];
