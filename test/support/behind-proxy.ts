import { type HttpProxy, startProxy } from './proxy-server.js';
import { openStage, type Stage, type StageOptions } from './stage.js';
import { startTls } from './tls-server.js';

/** Names that only a proxy knows. */
export const stsHost = 'sts.example.com';
export const tokenHost = 'tokens.example.com';

/** What a proxied chain asks: the ID token and all hops, each host over a tunnel. */
export const everything = [`CONNECT ${tokenHost}:443`, `CONNECT ${stsHost}:443`];

/** A stage whose STS and token service have TLS and names that only a proxy knows. */
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
