import { type CallFailure, deadlineCode } from '../chain/call-failure.js';

/** What one kind of failure means: its likely causes in order, and what to do. */
export interface FailureRow {
  readonly title: string;
  /** AWS's codes, wire names and shape names, or Node's, or our own; a `*` at the end stands for the rest of the code. */
  readonly codes: readonly string[];
  /** Words of which one has to stand in the message; any message where left out. */
  readonly says?: readonly string[];
  /** Calls the row is about; every call where left out. */
  readonly operations?: readonly string[];
  /** What else an explanation shows: the policies of both sides, or the job's token beside a policy that accepts it. */
  readonly shows?: 'policies' | 'token';
  /** What stands before the causes. */
  readonly note?: string;
  readonly causes: readonly string[];
  /** `<iss>`, `<aud>`, `<provider>` and `<role>` stand for what the failed hop had there. */
  readonly fixes: readonly string[];
}

const denied = ['AccessDenied', 'AccessDeniedException'];
const federated = ['AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML'];
const saml = ['AssumeRoleWithSAML'];
const webIdentity = ['AssumeRoleWithWebIdentity'];
const tokenService = ['GetIdToken'];

const freshRole =
  'The role or its policy is seconds old, and IAM has not spread it yet: retry-max-attempts tries again through that.';
const noDeny = 'Find the statement with Effect: Deny in the policy that AWS names, and narrow or remove it.';

/** What AWS refuses to somebody it knows. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const authorization: readonly FailureRow[] = [
  {
    title: 'Root cannot assume roles',
    codes: [...denied, 'RootCannotAssumeRoles'],
    says: ['Roles may not be assumed by root accounts', 'cannot assume a role'],
    causes: ['The base identity is the root user of its account, and AWS lets root assume no role.'],
    fixes: ['Start from an IAM role or user. Best: an OIDC provider and a role, with no keys at all.'],
  },
  {
    title: 'A federation session cannot assume roles',
    codes: ['FederationCannotAssumeRoles'],
    causes: ['The base identity comes from GetFederationToken, and AWS lets such a session assume no role.'],
    fixes: ['Start from a role, from a user, or from the job (OIDC).'],
  },
  {
    title: 'A session cannot ask for another session token',
    codes: denied,
    says: ['Cannot call GetSessionToken', 'Cannot call GetFederationToken'],
    causes: ['The keys are temporary, and this call takes long-term keys only.'],
    fixes: ['Start from the temporary keys themselves: name a role to assume with them.'],
  },
  {
    title: 'AWS wants MFA',
    codes: denied,
    says: ['MultiFactorAuthentication failed'],
    causes: ['The role asks for a code of an MFA device, and the code or the device did not fit.'],
    fixes: ['A job has no MFA device: take the MFA condition out of this role, or make a role of its own for CI.'],
  },
  {
    title: 'A policy denies this hop explicitly',
    codes: denied,
    says: ['with an explicit deny in'],
    causes: ['The kind of policy that AWS names above holds a Deny that covers this call. No Allow can outweigh it.'],
    fixes: [
      noDeny,
      'A service control or resource control policy is changed by whoever runs the AWS Organization; AWS may name it at the end of its words.',
    ],
  },
  {
    title: 'AWS refused the session tags',
    codes: denied,
    says: ['perform: sts:TagSession', 'perform sts:TagSession'],
    shows: 'policies',
    causes: [
      'The trust policy of the role does not allow sts:TagSession for this caller. AssumeRole alone does not cover tags.',
      "The caller's own policy does not allow sts:TagSession on this role. Across accounts both sides must.",
      'A condition on the tags is not met: aws:RequestTag, aws:TagKeys or sts:TransitiveTagKeys.',
    ],
    fixes: [
      'Allow sts:TagSession on both sides, as below.',
      'Or send no tags: take out custom-tags, set role-skip-session-tagging: true, or do not make them transitive.',
    ],
  },
  {
    title: 'AWS refused the source identity',
    codes: denied,
    says: ['perform: sts:SetSourceIdentity', 'perform sts:SetSourceIdentity'],
    shows: 'policies',
    causes: [
      'The trust policy of the role does not allow sts:SetSourceIdentity for this caller.',
      "The caller's own policy does not allow sts:SetSourceIdentity on this role. Across accounts both sides must.",
      'A condition on sts:SourceIdentity does not accept this value.',
    ],
    fixes: [
      'Allow sts:SetSourceIdentity on both sides, as below; every hop after the one that sets it needs it too.',
      'Or take source-identity out of the step.',
    ],
  },
  {
    title: 'AWS did not let this job in',
    codes: denied,
    operations: webIdentity,
    shows: 'token',
    note: 'AWS does not say which part did not fit.',
    causes: [
      "The Condition on sub in the role's trust policy does not match the job's token: another repository, branch, environment or event, or the other form of sub.",
      'The Condition on aud does not match the audience of the token.',
      "The Principal is not the OIDC provider of the role's own account, or Action is not sts:AssumeRoleWithWebIdentity.",
      'There is no role of this name in this account (upper and lower case and the path count).',
      'A resource control policy of the AWS Organization denies it.',
      freshRole,
    ],
    fixes: ["Compare the token's claims with the role's trust policy, or paste the one below."],
  },
  {
    title: 'AWS did not let the SAML assertion in',
    codes: denied,
    operations: saml,
    shows: 'token',
    causes: [
      "The role's trust policy does not name this SAML provider, or Action is not sts:AssumeRoleWithSAML.",
      'The Condition on SAML:aud does not match the assertion.',
      'The assertion does not name this role and this provider as a pair.',
      'There is no role of this name in this account.',
    ],
    fixes: ['Compare the assertion with the trust policy below.'],
  },
  {
    title: 'AWS refused this hop, and says which kind of policy is silent',
    codes: denied,
    says: ['because no '],
    shows: 'policies',
    causes: ['The kind of policy that AWS names above does not allow this call.'],
    fixes: [
      'Add the Allow to the policy that AWS names. A role trust policy or resource-based policy is the trust policy of the role; an identity-based policy is the permissions policy of the caller. Both stand below.',
      'A permissions boundary, session policy, VPC endpoint policy or service control policy has to allow the call too: it is a limit on top of the others.',
    ],
  },
  {
    title: 'AWS refused this hop',
    codes: denied,
    operations: ['AssumeRole'],
    shows: 'policies',
    note: 'AWS gives this one answer for many causes and does not say which it is.',
    causes: [
      'There is no such role: a typing mistake in the account, the path or the name, or in upper and lower case.',
      'The trust policy of the role does not name the caller. (A caller that was deleted and made again shows there as AROA… or AIDA…, and has to be named anew.)',
      'A Condition of the trust policy is not met: external ID, organization, source address, session name, MFA, source identity or tags.',
      'The caller itself is not allowed sts:AssumeRole on this role. Across accounts it always has to be.',
      'A service control policy, permissions boundary or session policy limits the caller.',
      freshRole,
    ],
    fixes: ['Check that the role exists, then compare both policies below with what is there.'],
  },
  {
    title: 'AWS refused the call',
    codes: denied,
    causes: [
      'A policy on the way denies it, for example of a VPC endpoint.',
      'A service between the runner and AWS answers in its name.',
    ],
    fixes: ["Read AWS's words above, and check the endpoint that was asked."],
  },
];

/** Tokens and assertions. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors */
const federation: readonly FailureRow[] = [
  {
    title: "The role's account has no OIDC provider for this issuer",
    codes: ['InvalidIdentityToken', 'InvalidIdentityTokenException'],
    says: ['No OpenIDConnect provider found'],
    shows: 'token',
    causes: [
      'The OIDC provider was never made in the account of the role. Each account that a job enters by OIDC needs its own.',
      'The account number in the role is not the one that was meant.',
      'The provider stands for another address: the issuer has to match to the letter, an enterprise suffix included.',
    ],
    fixes: [
      'In that account: aws iam create-open-id-connect-provider --url <iss> --client-id-list <aud>',
      'Or enter AWS by a hub account that has the provider, and go on from there with role-chain.',
    ],
  },
  {
    title: 'The OIDC provider does not know this audience',
    codes: ['InvalidIdentityToken', 'InvalidIdentityTokenException'],
    says: ['Incorrect token audience'],
    shows: 'token',
    causes: [
      'The client IDs of the OIDC provider do not hold the aud of the token.',
      'The input audience asks for another one than the provider was made for.',
    ],
    fixes: [
      'Add it: aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn <provider> --client-id <aud>',
      "Or set the input audience to one of the provider's client IDs. The trust policy's Condition on aud has to say the same.",
    ],
  },
  {
    title: "AWS could not fetch the token issuer's keys",
    codes: ['InvalidIdentityToken', 'InvalidIdentityTokenException'],
    says: ['verification key'],
    causes: [
      "AWS did not reach the issuer at that moment: under load this passes by itself, and the action's own retries were used up.",
      'The issuer is a server of your own, and AWS cannot reach its /.well-known/openid-configuration and JWKS from the internet.',
    ],
    fixes: [
      "Run the job again. If many jobs start at once, let them share one step's targets or start apart.",
      'For an issuer of your own: open both addresses to the internet, with a public certificate.',
    ],
  },
  {
    title: 'AWS could not read the token',
    codes: ['InvalidIdentityToken', 'InvalidIdentityTokenException'],
    shows: 'token',
    causes: [
      'It is no OIDC ID token: an access token, a file that was cut, or another file.',
      'It is signed with a key or an algorithm that the provider does not have.',
      'For SAML: the assertion is unsigned, for another provider, or too old.',
    ],
    fixes: ['Check what is in the file, and that the provider in AWS holds the metadata of the one who signed it.'],
  },
  {
    title: 'The token or assertion has expired',
    codes: ['ExpiredTokenException', 'ExpiredToken'],
    operations: federated,
    causes: [
      "The token file was written long before this step: GitHub's tokens live five minutes.",
      'The clock of whoever signed it is off.',
    ],
    fixes: [
      'Make the token in the step right before this one; with credential-source: oidc the action asks for a fresh one itself.',
    ],
  },
  {
    title: 'AWS could not reach the identity provider',
    codes: ['IDPCommunicationError', 'IDPCommunicationErrorException'],
    causes: ["The provider's server did not answer AWS in time, and the retries were used up."],
    fixes: ['Run the job again. If it stays, check that the provider answers from the internet.'],
  },
  {
    title: 'The identity provider rejected the token',
    codes: ['IDPRejectedClaim', 'IDPRejectedClaimException'],
    causes: ['The provider says that the token is not valid any more, or was revoked.'],
    fixes: ['Get a new token and try once more.'],
  },
];

const clock = {
  title: 'The clock of this machine is off',
  causes: ["The runner's clock and AWS's differ by more than five minutes; AWS's words show both times."],
  fixes: ['Set the clock of the runner by NTP (timedatectl, chronyc makestep). After a suspend, restart its service.'],
} as const;

/** Who signs a call, and how. */
const authentication: readonly FailureRow[] = [
  {
    title: 'AWS does not know these keys',
    codes: ['InvalidClientTokenId', 'UnrecognizedClientException'],
    causes: [
      'The access key was deleted or switched off, or was mistyped.',
      'The keys are temporary and the session token is missing, or belongs to other keys.',
      'The role behind the session was deleted (making it again does not bring the session back).',
      'The keys belong to another partition (aws, aws-cn, aws-us-gov) than the endpoint.',
      'The session comes from the global endpoint, and the Region is one that accounts opt in to.',
      'The keys are seconds old: retry-max-attempts tries again through that.',
    ],
    fixes: [
      'Check the base identity by itself: aws sts get-caller-identity with the same keys.',
      'Give all three of aws-access-key-id, aws-secret-access-key and aws-session-token for temporary keys.',
    ],
  },
  {
    title: 'The session that makes this call has expired',
    codes: ['ExpiredToken', 'ExpiredTokenException', 'RequestExpiredException'],
    causes: [
      'The base identity is a session that an earlier step or the machine left, and its time is over.',
      'The clock of the runner is far off.',
    ],
    fixes: [
      'Start from the job (OIDC), or get new base credentials right before this step.',
      'For jobs that outlive their session: refresh: true.',
    ],
  },
  { ...clock, codes: ['SignatureDoesNotMatch'], says: ['Signature expired', 'Signature not yet current', 'skew'] },
  { ...clock, codes: ['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture'] },
  {
    title: 'The call was signed for another Region or service',
    codes: ['SignatureDoesNotMatch'],
    says: ['Credential should be scoped'],
    causes: [
      'aws-region is not a Region that this endpoint serves.',
      'sts-endpoint (or AWS_ENDPOINT_URL_STS) points at another Region or service.',
    ],
    fixes: ['Take sts-endpoint out, or name the Region that belongs to it in aws-region.'],
  },
  {
    title: 'The secret does not belong to the access key',
    codes: ['SignatureDoesNotMatch'],
    causes: [
      'aws-secret-access-key is of another key, was cut, or has blanks or quotes around it.',
      'Something between the runner and AWS changes the request, for example a proxy that opens TLS.',
    ],
    fixes: [
      'Store the secret again, without quotes and without a line break at its end.',
      'Better: no stored secret at all. Start from the job (OIDC).',
    ],
  },
  {
    title: 'The call carried no usable signature',
    codes: ['IncompleteSignature', 'MissingAuthenticationToken', 'IncompleteSignatureException'],
    causes: ['A proxy or endpoint between the runner and AWS drops or changes the Authorization header.'],
    fixes: ['Ask STS directly (no-proxy, no sts-endpoint) and see whether it goes through.'],
  },
];

/** What a call asks for. */
const content: readonly FailureRow[] = [
  {
    title: 'Longer than one hour, and this hop is role chaining',
    codes: ['ValidationError', 'DurationTooLong'],
    says: ['1 hour session limit', 'role chaining'],
    causes: ['The hop is made with the credentials of a role or session. AWS ends such a session after one hour.'],
    fixes: [
      'Set role-duration-seconds to 3600 or less, or to max.',
      'For jobs that run longer: refresh: true renews the session.',
    ],
  },
  {
    title: 'Longer than the role allows',
    codes: ['ValidationError'],
    says: ['MaxSessionDuration'],
    causes: [
      "role-duration-seconds is above the role's own maximum session duration (3600 unless somebody raised it).",
    ],
    fixes: [
      'Ask for less, or write max: it takes as much as the role gives.',
      'Or raise it: aws iam update-role --role-name <role> --max-session-duration <seconds>. It helps a first hop only; a chained one stays at one hour.',
    ],
  },
  {
    title: 'A longer session than AWS allows here',
    codes: ['DurationTooLong'],
    causes: ['role-duration-seconds is above what this hop may have.'],
    fixes: ['Ask for less, or write max.'],
  },
  {
    title: 'The source identity is already set',
    codes: ['ValidationError'],
    says: ['source identity is already set'],
    causes: ['An earlier hop, or the base identity, carries another source identity. It cannot be changed on the way.'],
    fixes: ['Take source-identity out here, or write the same value.'],
  },
  {
    title: 'AWS does not take this for a role',
    codes: ['ValidationError', 'RoleNotFound'],
    says: ['Request ARN is invalid', ' is invalid', 'is not known'],
    causes: ['The role is misspelt, or is not the ARN of an IAM role.', 'For a token: there is no such role.'],
    fixes: ['Write it like arn:aws:iam::111111111111:role/path/name.'],
  },
  {
    title: 'AWS refused a value of the call',
    codes: ['ValidationError', 'InvalidParameterValue', 'InvalidParameterCombination', 'MalformedInput'],
    says: ['transitive tag key', 'Duplicate tag keys', 'aws: prefixed'],
    causes: [
      'A tag key is given twice (upper and lower case count as the same), begins with aws:, or is transitive without being a tag.',
      'A tag is transitive from an earlier hop or from the base identity, and no later hop can set it again.',
    ],
    fixes: ['Mend custom-tags and transitive-tag-keys of this hop; AWS names the rule above.'],
  },
  {
    title: 'AWS refused a value of the call',
    codes: ['ValidationError', 'InvalidParameterValue', 'InvalidParameterCombination', 'MalformedInput'],
    causes: ['AWS names the parameter and its rule above.'],
    fixes: ['Mend the word of this hop that has that name: roleSessionName is role-session-name, and so on.'],
  },
  {
    title: 'Session policies and tags are too large together',
    codes: ['PackedPolicyTooLarge', 'PackedPolicyTooLargeException'],
    causes: [
      'AWS packs session policies, policy ARNs and tags into one limited space, inherited tags included; the percentage above is how much this hop needs.',
    ],
    fixes: [
      'Shorten inline-session-policy, or make it a managed policy and name its ARN.',
      'Send fewer or shorter tags: custom-tags, role-skip-session-tagging: true.',
    ],
  },
  {
    title: 'AWS cannot read the session policy',
    codes: ['MalformedPolicyDocument', 'MalformedPolicyDocumentException', 'MalformedPolicy'],
    causes: [
      'inline-session-policy is JSON, but no IAM policy: an element is misspelt, or Principal stands in it.',
      'An ARN in it, or in managed-session-policies, does not exist.',
    ],
    fixes: [
      'Check it: aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document file://policy.json',
    ],
  },
  {
    title: 'STS is switched off in this Region',
    codes: ['RegionDisabledException', 'RegionDisabled'],
    causes: [
      "The account named above has STS switched off for this Region (IAM console, account settings). It is the role's account that counts.",
      'The Region is one that accounts opt in to, and one of the two accounts did not.',
    ],
    fixes: ['Set aws-region to a Region that is on in both accounts, or switch STS on there.'],
  },
  {
    title: 'AWS does not know this call',
    codes: ['InvalidAction', 'UnknownOperationException', 'NotImplemented'],
    causes: ['sts-endpoint (or AWS_ENDPOINT_URL_STS) is not an STS, or one of another make that lacks this call.'],
    fixes: ['Check the endpoint.'],
  },
];

/** Services that are busy, ill or not there. */
const service: readonly FailureRow[] = [
  {
    title: 'The call was throttled',
    codes: [
      'Throttling*',
      'TooManyRequestsException',
      'RequestLimitExceeded',
      'SlowDown',
      'RequestThrottled*',
      'HTTP 429',
    ],
    causes: ['Too many calls of one account in one Region at a time, and the retries were used up.'],
    fixes: [
      'Walk many accounts in one step with targets: shared hops are made once.',
      'Allow more attempts and more time: retry-max-attempts and action-timeout-s. max-parallel holds a matrix back.',
    ],
  },
  {
    title: "GitHub's token service is ill",
    codes: ['HTTP 5*'],
    operations: tokenService,
    causes: ['The service that gives ID tokens to jobs failed, and the retries were used up.'],
    fixes: ['See githubstatus.com and run the job again.'],
  },
  {
    title: 'AWS has a failure of its own',
    codes: ['InternalFailure', 'InternalError', 'ServiceUnavailable', 'ServiceUnavailableException', 'HTTP 5*'],
    causes: ['STS, or a proxy before it, failed, and the retries were used up.'],
    fixes: ['See health.aws.amazon.com and run the job again. Another aws-region asks another STS.'],
  },
  {
    title: 'The step ran out of time',
    codes: [deadlineCode],
    causes: [
      'Something between the runner and AWS swallows packets: a firewall, a missing proxy, a private subnet without a way out.',
      'Many retries of a busy service, or a very long chain.',
    ],
    fixes: [
      'Look in the log at which line it stood still.',
      'action-timeout-s gives it longer (0 for no bound); http-proxy names a proxy.',
    ],
  },
];

const ownCa =
  'Point NODE_EXTRA_CA_CERTS (in the env of the job or of the runner) at a file with the CA certificate, in PEM.';
const opensTls = 'A proxy or firewall opens TLS and shows a certificate of its own.';

/** Everything between the runner and AWS. https://nodejs.org/api/errors.html#common-system-errors */
const network: readonly FailureRow[] = [
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

/** What this action itself finds wrong. */
const own: readonly FailureRow[] = [
  {
    title: 'The session lies in an account that is not allowed',
    codes: ['AccountNotAllowed'],
    causes: [
      'The role, or the base identity, is in another account than allowed-account-ids names.',
      'allowed-account-ids is for another environment, for example of another matrix entry.',
    ],
    fixes: ['Nothing was exported. Correct the role, or add its account to allowed-account-ids.'],
  },
  {
    title: 'Every secret access key had special characters',
    codes: ['NoPlainSecret'],
    causes: ['special-characters-workaround asked as often as it may, and each secret held a + or a /.'],
    fixes: ['Run the job again: it is chance. Better: mend what cannot take such a secret, and drop the input.'],
  },
  {
    title: 'There are no credentials to start from',
    codes: ['CredentialsNotFound'],
    causes: [
      'The source named above has none: no instance profile, no task role, an unset variable, an unknown profile.',
      'The job was meant to start by OIDC, and lacks permissions: { id-token: write }.',
      'On EC2: the metadata service takes one network hop only, and the job runs in a container.',
    ],
    fixes: [
      'Start by OIDC: add permissions: { id-token: write, contents: read } to the job. Runs for pull requests from forks, and for Dependabot, never get an ID token.',
      'Or say where credentials come from: credential-source.',
      'For containers on EC2: aws ec2 modify-instance-metadata-options --http-put-response-hop-limit 2.',
    ],
  },
  {
    title: 'The token file cannot be used',
    codes: ['TokenFileUnreadable'],
    causes: ['The path is wrong, or the step that writes the file did not run.'],
    fixes: ['The words above say what is wrong with it. Relative paths lie in the workspace.'],
  },
  {
    title: 'GitHub refused to give the job an ID token',
    codes: ['RequestTokenRefused'],
    causes: [
      "The job's request token is over: it lives about six hours from the start of the job.",
      'The request variables come from another job (copied into a file, an image or a service).',
      'A proxy answers in the name of the token service.',
    ],
    fixes: ['Run the job again, and split a job that runs for longer than six hours.'],
  },
  {
    title: 'The token service gave no token',
    codes: ['NoTokenInAnswer', 'HTTP *'],
    operations: tokenService,
    causes: ['ACTIONS_ID_TOKEN_REQUEST_URL does not point at a token service.', 'A proxy answers in its name.'],
    fixes: [
      'Run the job again. Behind a proxy, put the host of the token service into no-proxy, or let the proxy pass it.',
    ],
  },
  {
    title: 'The answer did not come from STS',
    codes: ['NotAnStsAnswer', 'IncompleteAnswer', 'Unknown', 'HTTP *'],
    causes: [
      'sts-endpoint (or AWS_ENDPOINT_URL_STS) points at something that is not STS.',
      'A proxy or a login page answers in its name.',
    ],
    fixes: ['Check the endpoint and the proxy: curl -v <the endpoint> from the runner shows who answers.'],
  },
];

/** Every failure with an explanation; the first row that fits a failure is its own. */
export const failureRows: readonly FailureRow[] = [
  ...authorization,
  ...federation,
  ...authentication,
  ...content,
  ...service,
  ...network,
  ...own,
];

/** For a code that no row knows: nothing is guessed. */
export const unknownFailure: FailureRow = {
  title: 'The call failed',
  codes: [],
  causes: ['This action has no explanation for this code; the words above are all that is known.'],
  fixes: [
    'Look the code up in the common errors of AWS STS, or of Node.js for a code that begins with E.',
    'If it stays, ask AWS Support with the request ID.',
  ],
};

/** The row that explains a failure. */
export function explanationOf(failure: Pick<CallFailure, 'code' | 'shape' | 'message' | 'operation'>): FailureRow {
  return failureRows.find((row) => fits(row, failure)) ?? unknownFailure;
}

function fits(
  { codes, says, operations }: FailureRow,
  { code, shape, message, operation }: Pick<CallFailure, 'code' | 'shape' | 'message' | 'operation'>,
): boolean {
  const isNamed = codes.some((known) => isCode(known, code) || (shape !== undefined && isCode(known, shape)));
  return (
    isNamed &&
    (says === undefined || says.some((words) => message.toLowerCase().includes(words.toLowerCase()))) &&
    (operations === undefined || operations.includes(operation))
  );
}

function isCode(known: string, code: string): boolean {
  return known.endsWith('*') ? code.startsWith(known.slice(0, -1)) : known === code;
}
