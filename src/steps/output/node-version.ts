/** The oldest Node that releases of the AWS SDK support from January 2027 on. */
const oldestSupported = 22;

/** Suppresses the AWS SDK's eight-line warning about old versions of Node; the main step logs its own. */
export function hideSdkNotice(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
}

/** A warning about an old version of Node; undefined if it is new enough. */
export function nodeNotice(version: string): string | undefined {
  return Number.parseInt(version, 10) < oldestSupported
    ? `This step runs on Node ${version}. From January 2027 on the AWS SDK needs Node ${oldestSupported} or newer: GitHub's runner brings Node 24, act and other runners use the Node of the machine.`
    : undefined;
}
