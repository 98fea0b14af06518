/*
 * Prints the identity and Region of a client for Node.
 *
 * Each line of stdin is a question, {"id": …, "env": …}, and each line of stdout an answer,
 * {"id": …, "who": …, "region": …}.
 * A worker answers each question, with the variables of the question and its own modules.
 *
 *     ask.mjs CLIENT MODULE     CLIENT is one of those below, MODULE is the file to load
 */
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

const [client, module] = process.argv.slice(2);

const clients = {
  /** The AWS SDK for JavaScript, version 3. */
  async sdk3() {
    const { STSClient, GetCallerIdentityCommand } = await import(module);
    const region = await new STSClient({}).config.region().catch(() => undefined);
    const who = () => new STSClient({ region: region ?? 'eu-west-1' }).send(new GetCallerIdentityCommand({}));
    return { region, who };
  },
  /** Version 2, which ignores the variables for endpoints. */
  async sdk2() {
    const AWS = createRequire(module)('aws-sdk');
    return askSdk2(AWS, {});
  },
  /** Version 3 of the Serverless Framework, which chooses credentials itself and gives them to version 2 of the SDK. */
  async serverless3() {
    const require = createRequire(module);
    const AwsProvider = require('serverless/lib/plugins/aws/provider');
    const provider = Object.assign(Object.create(AwsProvider.prototype), {
      options: {},
      serverless: { service: { provider: {} } },
      getStage: () => 'dev',
    });
    return askSdk2(require('aws-sdk'), provider.getCredentials());
  },
};

function askSdk2(AWS, credentials) {
  const endpoint = process.env.AWS_ENDPOINT_URL_STS;
  const region = AWS.config.region ?? undefined;
  AWS.config.update({ sts: { endpoint } });
  const who = () =>
    new AWS.STS({ ...credentials, endpoint, region: region ?? 'eu-west-1' }).getCallerIdentity({}).promise();
  return { region, who };
}

if (isMainThread) {
  createInterface(process.stdin).on('line', (line) => {
    const { id, env } = JSON.parse(line);
    const worker = new Worker(new URL(import.meta.url), { argv: [client, module], env, stderr: true });
    const answer = (found) => console.log(JSON.stringify({ id, ...found }));
    worker.once('message', (found) => {
      answer(found);
      worker.terminate();
    });
    worker.once('error', () => answer({ who: 'error', region: 'error' }));
  });
} else {
  process.removeAllListeners('warning');
  const found = { who: 'error', region: 'none' };
  try {
    const { region, who } = await clients[client]();
    found.region = region ?? 'none';
    found.who = (await who()).Arn;
  } catch {
    // No identity is also an answer.
  }
  parentPort.postMessage(found);
}
