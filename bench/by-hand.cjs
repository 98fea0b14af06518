// The floor for one OIDC hop: Node with https loaded, one ID token, one AssumeRoleWithWebIdentity, no SDK, no checks.
require('node:https');
const http = require('node:http');

const agent = new http.Agent({ keepAlive: true });

function call(url, { method = 'GET', headers = {}, body }) {
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, { method, headers, agent }, (incoming) => {
      const chunks = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function main() {
  const { ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN, AWS_ENDPOINT_URL_STS, ROLE_ARN } = process.env;
  const authorization = `Bearer ${ACTIONS_ID_TOKEN_REQUEST_TOKEN}`;
  const answer = await call(`${ACTIONS_ID_TOKEN_REQUEST_URL}&audience=sts.amazonaws.com`, {
    headers: { authorization },
  });
  const body = new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: ROLE_ARN,
    RoleSessionName: 'GitHubActions',
    WebIdentityToken: JSON.parse(answer).value,
  }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const session = await call(AWS_ENDPOINT_URL_STS, { method: 'POST', headers, body });
  if (!session.includes('<SessionToken>')) {
    throw new Error('no session');
  }
  agent.destroy();
}

main();
