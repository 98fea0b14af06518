import { type HttpProxy, startProxy } from './proxy-server.js';
import { openStage, type Stage, type StageOptions } from './stage.js';
import { startTls } from './tls-server.js';

/** Host names that only the proxy can resolve. */
export const stsHost = 'sts.example.com';
export const tokenHost = 'tokens.example.com';

/** The tunnels of a chain behind a proxy: one for the ID token and one for all hops. */
export const everything = [`CONNECT ${tokenHost}:443`, `CONNECT ${stsHost}:443`];

/** A stage whose STS and token service use TLS, with host names that only the proxy can resolve. */
export async function openBehindProxy(
  environment: (proxy: HttpProxy) => Record<string, string> = () => ({}),
  options: Omit<StageOptions, 'environment'> = {},
): Promise<{ stage: Stage; proxy: HttpProxy }> {
  let proxy: HttpProxy | undefined;
  const stage = await openStage({
    ...options,
    environment: async ({ url, environment: { ACTIONS_ID_TOKEN_REQUEST_URL: token = '' } }) => {
      const tls = await startTls({ behind: url, names: [stsHost, tokenHost] });
      proxy = await startProxy(tls.port);
      return {
        AWS_ENDPOINT_URL_STS: `https://${stsHost}`,
        ACTIONS_ID_TOKEN_REQUEST_URL: token.replace(new URL(token).origin, `https://${tokenHost}`),
        NODE_EXTRA_CA_CERTS: tls.certificate,
        ...environment(proxy),
      };
    },
  });
  return { stage, proxy: proxy as HttpProxy };
}

export const addressOf = ({ port }: HttpProxy) => `http://127.0.0.1:${port}`;
