/** The oldest major version of Node that releases of the AWS SDK support from January 2027 on. */
const oldestSupported = 22;

/** Suppresses the AWS SDK's warning about old versions of Node; the main step logs `nodeNotice` instead. */
export function suppressSdkWarning(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
}

/** The notice about an old version of Node, such as 20.19.0; undefined if the version is new enough. */
export function oldNodeWarning(version: string): string | undefined {
  return Number.parseInt(version, 10) < oldestSupported
    ? `This step runs on Node ${version}. From January 2027 on the AWS SDK needs Node ${oldestSupported} or newer: GitHub's runner includes Node 24, act and other runners use the Node of the machine.`
    : undefined;
}
