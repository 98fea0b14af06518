/** GitHub's claims that AWS supports as condition keys, in addition to those of every OIDC provider. */
const githubClaims: readonly string[] = [
  'actor',
  'actor_id',
  'job_workflow_ref',
  'repository',
  'repository_id',
  'workflow',
  'ref',
  'environment',
  'enterprise_id',
];

/** The claims of an ID token that become `<issuer host>:<claim>` keys. */
export const claimKeys: readonly string[] = ['sub', 'aud', 'amr', ...githubClaims];

const plainKeys = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:federatedprovider',
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
  'aws:securetransport',
  'aws:sourceidentity',
  'aws:sourceip',
  'aws:tagkeys',
  'aws:tokenissuetime',
  'aws:useragent',
  'aws:userid',
  'aws:username',
  'aws:viaawsservice',
  'sts:externalid',
  'sts:rolesessionname',
  'sts:sourceidentity',
  'sts:transitivetagkeys',
  'saml:aud',
  'saml:doc',
  'saml:iss',
  'saml:namequalifier',
  'saml:sub',
  'saml:sub_type',
]);

const tagKey = /^aws:(requesttag|principaltag|resourcetag)\/.+$/;

/** Whether the emulator supports a condition key. A policy with an unsupported one denies. */
export function isKnownKey(key: string): boolean {
  const lower = key.toLowerCase();
  if (plainKeys.has(lower) || tagKey.test(lower)) {
    return true;
  }
  const colon = lower.lastIndexOf(':');
  return lower.slice(0, colon).includes('.') && claimKeys.includes(lower.slice(colon + 1));
}
