/** The oldest Node that releases of the AWS SDK support from January 2027 on. */
const oldestSupported = 22;

/** Keeps the AWS SDK's notice of eight lines about old versions of Node off stderr; the main step has a line of its own. */
export function hideSdkNotice(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
}

/** What to say about the Node that runs the step; undefined if it is new enough. */
export function nodeNotice(version: string): string | undefined {
  return Number.parseInt(version, 10) < oldestSupported
    ? `This step runs on Node ${version}. From January 2027 on the AWS SDK needs Node ${oldestSupported} or newer: GitHub's runner brings Node 24, act and other runners use the Node of the machine.`
    : undefined;
}
