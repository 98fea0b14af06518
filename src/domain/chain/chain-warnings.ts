import { policyCharacters, sessionPolicyLimit } from '../session-limits/session-policy.js';
import { isLongByBlanks } from './check-hop.js';
import { type Hop, inheritedAt, roleText } from './hop.js';

/**
 * Warnings about legal but unusual chains: a policy that is too long because of white space, a role that assumes
 * itself, a cycle, a name that ends with a comma or full stop.
 */
export function chainWarnings(hops: readonly Hop[]): readonly string[] {
  return [...hops.filter(isLongByBlanks).map(blanksWarning), ...circleWarnings(hops), ...hops.flatMap(endWarning)];
}

/** Warns about a role name that ends with a comma or full stop: AWS allows it, but it is usually a mistake. */
function endWarning({ where, role }: Hop): readonly string[] {
  const [end] = /[,.]$/.exec(role.name) ?? [];
  return end === undefined
    ? []
    : [
        `${where}: ${roleText(role)} ends with ${end === ',' ? 'a comma' : 'a full stop'}, which counts as part of the role's name.`,
      ];
}

function blanksWarning({ where, policy = '', policyArns }: Hop): string {
  const { sent, withoutBlanks } = policyCharacters(policy, policyArns);
  return `${where}: the session policies have ${sent} characters, ${withoutBlanks} of them without white space. AWS documents a limit of ${sessionPolicyLimit} characters; write the policy without white space if AWS refuses it.`;
}

function circleWarnings(hops: readonly Hop[]): readonly string[] {
  return hops.flatMap((hop, index) => {
    const earlier = hops.findIndex((other, at) => at < index && roleText(other.role) === roleText(hop.role));
    if (earlier < 0) {
      return [];
    }
    return earlier === index - 1
      ? [`${hop.where}: ${roleText(hop.role)} assumes itself; its own trust policy must name it.`]
      : [`${hop.where}: the chain assumes ${roleText(hop.role)} again; hop ${earlier + 1} has assumed it already.`];
  });
}

/** Notices about inherited tags and source identities, each of which the later hop's trust policy must allow. */
export function inheritanceNotices(hops: readonly Hop[]): readonly string[] {
  return hops.flatMap((hop, index) => {
    const { tags, sourceIdentity } = inheritedAt(hops, index);
    const keys = tags.map(({ tag }) => tag.key).join(', ');
    return [
      ...(tags.length > 0
        ? [
            `Hop ${index + 1} inherits the transitive tags ${keys}: the trust policy of ${roleText(hop.role)} must allow sts:TagSession.`,
          ]
        : []),
      ...(sourceIdentity === undefined
        ? []
        : [
            `Hop ${index + 1} inherits the source identity: the trust policy of ${roleText(hop.role)} must allow sts:SetSourceIdentity.`,
          ]),
    ];
  });
}
