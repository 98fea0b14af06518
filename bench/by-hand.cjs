// The lower bound: Node with https, one token, one call per hop on one connection; no SDK, no checks, no masks.
require('node:https');
const { createHash, createHmac } = require('node:crypto');
const http = require('node:http');

const agent = new http.Agent({ keepAlive: true });
const region = 'us-east-1';

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

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function signed(headers, body, { id, secret, token }) {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const all = { ...headers, 'x-amz-date': time, 'x-amz-security-token': token };
  const names = Object.keys(all).sort();
  const canonical = [
    'POST',
    '/',
    '',
    ...names.map((name) => `${name}:${all[name]}`),
    '',
    names.join(';'),
    sha256(body),
  ];
  const scope = `${time.slice(0, 8)}/${region}/sts/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical.join('\n'))].join('\n');
  const key = scope.split('/').reduce(hmac, `AWS4${secret}`);
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...all, authorization };
}

async function assume(parameters, session) {
  const endpoint = process.env.AWS_ENDPOINT_URL_STS;
  const body = new URLSearchParams({
    Version: '2011-06-15',
    RoleSessionName: 'GitHubActions',
    ...parameters,
  }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', host: new URL(endpoint).host };
  const answer = await call(endpoint, {
    method: 'POST',
    headers: session === undefined ? headers : signed(headers, body, session),
    body,
  });
  const [id, secret, token] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map(
    (name) => new RegExp(`<${name}>([^<]+)`).exec(answer)?.[1],
  );
  if (!token) {
    throw new Error('no session');
  }
  return { id, secret, token };
}

async function main() {
  const { ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN, ROLE_ARNS, FAN_OUT_ARNS } = process.env;
  const [first, ...further] = ROLE_ARNS.split('\n');
  const authorization = `Bearer ${ACTIONS_ID_TOKEN_REQUEST_TOKEN}`;
  const answer = await call(`${ACTIONS_ID_TOKEN_REQUEST_URL}&audience=sts.amazonaws.com`, {
    headers: { authorization },
  });
  let session = await assume({
    Action: 'AssumeRoleWithWebIdentity',
    RoleArn: first,
    WebIdentityToken: JSON.parse(answer).value,
  });
  for (const role of further) {
    session = await assume({ Action: 'AssumeRole', RoleArn: role }, session);
  }
  const left = FAN_OUT_ARNS?.split('\n') ?? [];
  const lane = async () => {
    for (let role = left.shift(); role !== undefined; role = left.shift()) {
      await assume({ Action: 'AssumeRole', RoleArn: role }, session);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  agent.destroy();
}

main();
