"use strict";
exports.id = 897;
exports.ids = [897];
exports.modules = {

/***/ 3897:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  explain: () => (/* binding */ explain)
});

;// CONCATENATED MODULE: ./build/src/domain/document.js
/** A heading. */
function heading(text) {
    return { kind: 'heading', text };
}
/** A paragraph. */
function paragraph(text) {
    return { kind: 'text', text };
}
/** Named values, one a line; nothing where there are none. */
function facts(rows) {
    return rows.length === 0 ? [] : [{ kind: 'facts', rows }];
}
/** Points under a title; nothing where there are none. */
function titled(kind, title, items) {
    return items.length === 0 ? [] : [paragraph(title), { kind, items }];
}
/** JSON as somebody writes a policy: lists of words stand in one line. */
function jsonText(value) {
    return JSON.stringify(value, undefined, 2).replace(/\[\n\s+("[^"\n]*"(?:,\n\s+"[^"\n]*")*)\n\s+\]/g, (_, items) => `[${items.replace(/,\n\s+/g, ', ')}]`);
}
/** Parts as lines of a log: JSON stands at the left edge, so that it can be copied. */
function plainText(parts) {
    return parts
        .map((part, index) => {
        const isClose = part.kind !== 'heading' && part.kind !== 'text';
        return `${index === 0 ? '' : isClose ? '\n' : '\n\n'}${plainPart(part)}`;
    })
        .join('');
}
function plainPart(part) {
    switch (part.kind) {
        case 'heading':
            return `== ${part.text} ==`;
        case 'text':
            return part.text;
        case 'facts':
            return plainFacts(part.rows);
        case 'points':
            return part.items.map((item) => `  - ${item}`).join('\n');
        case 'steps':
            return part.items.map((item, index) => `  ${index + 1}. ${item}`).join('\n');
        case 'json':
            return jsonText(part.value);
    }
}
function plainFacts(rows) {
    const width = Math.max(...rows.map(([name]) => name.length));
    return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}

// EXTERNAL MODULE: ./build/src/domain/arn.js
var arn = __webpack_require__(3512);
// EXTERNAL MODULE: ./build/src/domain/claims.js
var domain_claims = __webpack_require__(1282);
// EXTERNAL MODULE: ./build/src/domain/hop.js
var domain_hop = __webpack_require__(816);
// EXTERNAL MODULE: ./build/src/domain/partition.js
var partition = __webpack_require__(5205);
// EXTERNAL MODULE: ./build/src/domain/tags.js
var tags = __webpack_require__(550);
;// CONCATENATED MODULE: ./build/src/domain/policies.js


/** A policy of these statements. */
function policyOf(statements) {
    return { Version: '2012-10-17', Statement: statements };
}
/** The actions a signed hop needs on both sides: a source identity and tags, its own or inherited, each need one. */
function usedActions({ hop, inherited, broughtAlong }) {
    return [
        'sts:AssumeRole',
        ...(sourceIdentityOf({ hop, inherited }) === undefined ? [] : ['sts:SetSourceIdentity']),
        ...(hop.tags.length + inherited.tags.length === 0 ? [] : ['sts:TagSession']),
        ...(broughtAlong === undefined ? [] : [broughtAlong]),
    ];
}
/**
 * The statements with which a role lets a principal in: one for each action, because a condition key is there for its
 * own action only. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
function trustStatements(weighed, principal) {
    const sourceIdentity = sourceIdentityOf(weighed);
    const conditions = {
        'sts:AssumeRole': weighed.hop.externalId === undefined ? undefined : { StringEquals: { 'sts:ExternalId': weighed.hop.externalId } },
        'sts:SetSourceIdentity': sourceIdentity === undefined ? undefined : { StringEquals: { 'sts:SourceIdentity': sourceIdentity } },
        'sts:TagSession': tagConditions(weighed),
    };
    return usedActions(weighed).map((action) => {
        const condition = conditions[action];
        return {
            Effect: 'Allow',
            Principal: { AWS: principal },
            Action: action,
            ...(condition !== undefined && { Condition: condition }),
        };
    });
}
/** The statements with which a caller may make hops: roles that need the same actions stand together. */
function callerStatements(hops) {
    const byActions = new Map();
    for (const hop of hops) {
        const actions = usedActions(hop).join();
        byActions.set(actions, [...new Set([...(byActions.get(actions) ?? []), hop.roleArn])]);
    }
    return [...byActions].map(([actions, roles]) => ({
        Effect: 'Allow',
        Action: single(actions.split(',')),
        Resource: single(roles),
    }));
}
/** The statement that lets a job in by its token: its issuer's provider, its audience and its subjects. */
function webIdentityStatement(role, { issuer, audience, subjects }) {
    const host = issuerHost(issuer);
    const claims = { [`${host}:aud`]: audience, [`${host}:sub`]: single(subjects) };
    return {
        Effect: 'Allow',
        Principal: { Federated: `arn:${role.partition}:iam::${role.accountId}:oidc-provider/${host}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { [subjects.some((subject) => subject.includes('*')) ? 'StringLike' : 'StringEquals']: claims },
    };
}
/** The statement that lets a SAML provider's users in. */
function samlStatement(providerArn) {
    const console = (0,partition/* partitionOf */.iQ)(providerArn.split(':')[1] ?? '')?.console || 'signin.aws.amazon.com';
    return {
        Effect: 'Allow',
        Principal: { Federated: providerArn },
        Action: 'sts:AssumeRoleWithSAML',
        Condition: { StringEquals: { 'SAML:aud': `https://${console}/saml` } },
    };
}
/** Who a trust policy has to name for a caller: its user, or the role behind its session. */
function principalOf(caller, role) {
    if (role !== undefined) {
        return role.arn;
    }
    const { partition, accountId, name, kind, arn } = caller;
    return kind === 'role-session' ? `arn:${partition}:iam::${accountId}:role/${ssoPath(name)}${name}` : arn;
}
/** An issuer as condition keys and provider ARNs have it: without its scheme. */
function issuerHost(issuer) {
    return issuer.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
/** IAM Identity Center keeps its roles under a path; sessions do not show it. */
function ssoPath(name) {
    return name.startsWith('AWSReservedSSO_') ? 'aws-reserved/sso.amazonaws.com/' : '';
}
function sourceIdentityOf({ hop, inherited }) {
    return hop.sourceIdentity ?? inherited.sourceIdentity?.value;
}
/** Keys only: values change from run to run, and keys are what a default tag may lack in one run and have in the next. */
function tagConditions({ hop, inherited }) {
    const own = hop.tags.map(({ key }) => key);
    const past = inherited.tags.map(({ tag }) => tag.key);
    const transitive = [...new Set([...past, ...hop.transitiveTagKeys])];
    const keys = [...new Set([...past, ...own, ...(own.includes('GitHub') ? tags/* defaultTagKeys */.QI : [])])];
    if (keys.length === 0) {
        return undefined;
    }
    return {
        'ForAllValues:StringEquals': {
            'aws:TagKeys': keys,
            ...(transitive.length > 0 && { 'sts:TransitiveTagKeys': transitive }),
        },
    };
}
function single(items) {
    return items.length === 1 && items[0] !== undefined ? items[0] : items;
}

;// CONCATENATED MODULE: ./build/src/domain/both-sides.js




/** What a refused hop sends of its own, and what it inherits from which hop: each may be what a policy lacks. */
function carries(stop) {
    const { hop, target } = stop;
    if (hop === undefined) {
        return [];
    }
    const { inherited } = weighed(stop, hop);
    const keys = hop.tags.map(({ key }) => key).join(', ');
    const setters = [...new Set(inherited.tags.map(({ fromHop }) => fromHop))];
    const name = (index) => `Hop ${index + 1} (${(0,domain_hop/* roleText */.y)(target.hops[index].role)})`;
    return [
        hop.externalId === undefined ? 'No external ID.' : 'An external ID.',
        ...(keys === '' ? [] : [`The session tags ${keys}: they need sts:TagSession.`]),
        ...setters.map((index) => {
            const inheritedKeys = inherited.tags.filter(({ fromHop }) => fromHop === index).map(({ tag }) => tag.key);
            return `The transitive tags ${inheritedKeys.join(', ')}, inherited: ${name(index)} set them, and every later hop needs sts:TagSession for them.`;
        }),
        ...(hop.sourceIdentity === undefined ? [] : ['A source identity: it needs sts:SetSourceIdentity.']),
        ...(hop.sourceIdentity !== undefined || inherited.sourceIdentity === undefined
            ? []
            : [
                `A source identity, inherited: ${name(inherited.sourceIdentity.fromHop)} set it, and every later hop needs sts:SetSourceIdentity for it.`,
            ]),
    ];
}
/** What the base identity brought along, where AWS speaks of something that no declared hop set. */
function baseCarries(stop) {
    switch (stop.hop && weighed(stop, stop.hop).broughtAlong) {
        case 'sts:TagSession':
            return 'No declared hop sets session tags, so the base identity brought transitive tags along. EKS Pod Identity does: it sets six tags of its cluster, and every role behind it needs sts:TagSession.';
        case 'sts:SetSourceIdentity':
            return 'No declared hop sets a source identity, so the base identity brought one along: every role behind it needs sts:SetSourceIdentity.';
        default:
            return undefined;
    }
}
/** Both policies of a signed hop, ready to paste: who is let in, and who may go. */
function signedSides(stop, role) {
    const { hop, caller, sessions } = stop;
    if (hop === undefined) {
        return [];
    }
    const before = sessions.at(-1)?.role;
    const it = weighed(stop, hop);
    const principal = caller === undefined ? unknownPrincipal(role) : principalOf(caller, before);
    return [
        heading(`Trust policy of ${role.arn}`),
        paragraph(`In account ${role.accountId}. Add what is missing:`),
        { kind: 'json', value: policyOf(trustStatements(it, principal)) },
        heading(`Permissions policy of ${principal}`),
        paragraph(caller === undefined ? 'On the side of the caller:' : `In account ${caller.accountId}. Add what is missing:`),
        { kind: 'json', value: policyOf(callerStatements([{ ...it, roleArn: role.arn }])) },
        ...titled('points', 'Good to know:', [
            ...accountsNote(stop, role),
            ...(caller?.kind === 'role-session' && before === undefined
                ? [
                    "AWS leaves a role's path out of its session's name. If the calling role lies under a path, write it before the name.",
                ]
                : []),
            ...(it.hop.sourceIdentity !== undefined
                ? [
                    'The condition accepts the source identity of this run only. Where it differs from run to run, use StringLike and a pattern.',
                ]
                : []),
        ]),
    ];
}
/** What the job's token says, and the trust policy that accepts exactly this job. */
function tokenSides({ target: { base }, claims }, role) {
    if (base.kind === 'saml') {
        return trust(role, [samlStatement(base.providerArn)]);
    }
    const { iss, aud, sub } = claims ?? {};
    const audience = [aud].flat()[0];
    if (claims === undefined) {
        return [paragraph('The token could not be read, so what it says cannot be shown.')];
    }
    const said = [
        paragraph('What the token says (the token itself is never shown):'),
        ...facts((0,domain_claims/* shownClaims */.pl)(claims)),
    ];
    if (typeof iss !== 'string' || typeof sub !== 'string' || typeof audience !== 'string') {
        return said;
    }
    const other = (0,domain_claims/* otherSubject */.tp)(claims);
    return [
        ...said,
        paragraph(subjectNote(sub, other)),
        ...trust(role, [webIdentityStatement(role, { issuer: iss, audience, subjects: [sub] })]),
        ...(other === undefined
            ? []
            : [paragraph(`To accept both forms, write a list under sub: ${JSON.stringify([sub, other])}`)]),
    ];
}
function trust(role, statements) {
    return [
        heading(`Trust policy of ${role.arn}`),
        paragraph(`In account ${role.accountId}. This accepts exactly this caller:`),
        { kind: 'json', value: policyOf(statements) },
    ];
}
function subjectNote(sub, other) {
    if ((0,domain_claims/* isImmutableSubject */.xi)(sub)) {
        return `Its sub has the immutable form, with the numbers of owner and repository. A trust policy written for the classic form${other === undefined ? '' : ` (${other})`} does not match it.`;
    }
    return sub.startsWith('repo:')
        ? 'Its sub has the classic form. Repositories made, renamed or transferred since 15 July 2026, and those that opted in, have the immutable form, with the numbers of owner and repository.'
        : "Its sub is of another make than GitHub's own.";
}
function accountsNote({ caller }, role) {
    if (caller === undefined) {
        return ['Across accounts both policies are needed.'];
    }
    return caller.accountId === role.accountId
        ? [
            `Both lie in account ${role.accountId}: a trust policy that names the caller itself is enough; where it names the account (root), the caller needs its own policy too.`,
        ]
        : [`The two lie in different accounts (${caller.accountId} and ${role.accountId}): both policies are needed.`];
}
/** An action that AWS names and no declared hop explains is needed for what the base identity brought along. */
function weighed({ target, sessions, failure }, hop) {
    const it = { hop, inherited: (0,domain_hop/* inheritedAt */.m)(target.hops, sessions.length) };
    const named = /sts:(?:TagSession|SetSourceIdentity)/.exec(failure.message)?.[0];
    return named === undefined || usedActions(it).includes(named) ? it : { ...it, broughtAlong: named };
}
function unknownPrincipal({ partition }) {
    return `arn:${partition}:iam::ACCOUNT-OF-THE-CALLER:role/NAME-OF-THE-CALLER`;
}

// EXTERNAL MODULE: ./build/src/domain/failure.js
var failure = __webpack_require__(1897);
;// CONCATENATED MODULE: ./build/src/domain/explanations.js

const denied = ['AccessDenied', 'AccessDeniedException'];
const federated = ['AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML'];
const saml = ['AssumeRoleWithSAML'];
const webIdentity = ['AssumeRoleWithWebIdentity'];
const tokenService = ['GetIdToken'];
const freshRole = 'The role or its policy is seconds old, and IAM has not spread it yet: retry-max-attempts tries again through that.';
const noDeny = 'Find the statement with Effect: Deny in the policy that AWS names, and narrow or remove it.';
/** What AWS refuses to somebody it knows. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const authorization = [
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
const federation = [
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
};
/** Who signs a call, and how. */
const authentication = [
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
const content = [
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
const service = [
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
            'Give it more patience: retry-max-attempts and action-timeout-s. max-parallel holds a matrix back.',
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
        codes: [failure/* deadlineCode */.YV],
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
const ownCa = 'Point NODE_EXTRA_CA_CERTS (in the env of the job or of the runner) at a file with the CA certificate, in PEM.';
const opensTls = 'A proxy or firewall opens TLS and shows a certificate of its own.';
/** Everything between the runner and AWS. https://nodejs.org/api/errors.html#common-system-errors */
const network = [
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
const own = [
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
const failureRows = [
    ...authorization,
    ...federation,
    ...authentication,
    ...content,
    ...service,
    ...network,
    ...own,
];
/** For a code that no row knows: nothing is guessed. */
const unknownFailure = {
    title: 'The call failed',
    codes: [],
    causes: ['This action has no explanation for this code; the words above are all that is known.'],
    fixes: [
        'Look the code up in the common errors of AWS STS, or of Node.js for a code that begins with E.',
        'If it stays, ask AWS Support with the request ID.',
    ],
};
/** The row that explains a failure. */
function explanationOf(failure) {
    return failureRows.find((row) => fits(row, failure)) ?? unknownFailure;
}
function fits({ codes, says, operations }, { code, shape, message, operation }) {
    const isNamed = codes.some((known) => isCode(known, code) || (shape !== undefined && isCode(known, shape)));
    return (isNamed &&
        (says === undefined || says.some((words) => message.toLowerCase().includes(words.toLowerCase()))) &&
        (operations === undefined || operations.includes(operation)));
}
function isCode(known, code) {
    return known.endsWith('*') ? code.startsWith(known.slice(0, -1)) : known === code;
}

// EXTERNAL MODULE: ./build/src/domain/identity.js
var identity = __webpack_require__(5193);
// EXTERNAL MODULE: ./build/src/domain/log-lines.js
var log_lines = __webpack_require__(9999);
;// CONCATENATED MODULE: ./build/src/domain/explain-stop.js








/** Explains one failed call; the stops are those of every target that waited for it. */
function explainStop(stops) {
    const [stop] = stops;
    const { failure, caller, sessions, hop, target } = stop;
    const row = explanationOf(failure);
    const title = `${placeOf(stops)}: ${row.title}`;
    const from = caller?.arn ?? sessions.at(-1)?.identity.arn ?? (0,identity/* baseText */.b6)(target.base);
    const role = hop && targetRole(hop, stop);
    const to = hop && (role?.arn ?? (0,domain_hop/* roleText */.y)(hop.role));
    const parts = [
        heading(title),
        ...facts([
            ['Who called', from],
            ...(to === undefined ? [] : [['For the role', to]]),
            ...saidRows(failure),
        ]),
        ...(hop !== undefined && row.shows === 'policies' ? hopParts(stop) : []),
        ...(row.note === undefined ? [] : [paragraph(row.note)]),
        ...titled('steps', row.causes.length === 1 ? 'Likely cause:' : 'Likely causes, in order:', row.causes),
        ...titled('points', 'What to do:', row.fixes.map((fix) => filled(fix, stop))),
        ...(role === undefined || row.shows === undefined ? [] : sides(stop, row, role)),
    ];
    const who = to === undefined || failure.message.includes(to) ? '' : `${from} → ${to}: `;
    const said = `${failure.operation}: ${failure.code}: ${shortened(failure.message)}${request(failure)}`;
    const summary = `${placeOf(stops)}: ${who}${said} The log of this step has the likely causes and what to do.`;
    return { title: `${title} (${failure.code})`, summary, parts };
}
function placeOf(stops) {
    const [{ failure, hop, sessions }] = stops;
    const targets = stops.map(({ target }) => target);
    const names = targets.flatMap(({ name }) => (name === undefined ? [] : [name]));
    if (hop === undefined) {
        return `Base identity${names.length > 0 ? ` (${names.join(', ')})` : ''}`;
    }
    const what = failure.operation === 'GetIdToken' ? ', ID token' : '';
    return `${(0,log_lines/* hopPlace */.ze)(sessions.length, targets)}${what}`;
}
/** A role by name lies in the account of whoever makes the hop. */
function targetRole({ role }, { caller }) {
    if ((0,arn/* isRoleArn */.GW)(role)) {
        return role;
    }
    return caller && (0,arn/* roleArn */.w3)(caller.partition, caller.accountId, role);
}
/** The words, the code and the request id of whoever answered, as they came. */
function saidRows(failure) {
    const { code, shape, status, message, requestId, operation, attempts } = failure;
    const speaker = status === undefined ? 'Error' : operation === 'GetIdToken' ? 'The service said' : 'AWS said';
    const details = [...(status === undefined ? [] : [`HTTP ${status}`]), ...(shape === undefined ? [] : [shape])];
    return [
        ['Call', `${operation}${attempts > 1 ? `, ${attempts} attempts` : ''}`],
        [speaker, `${code}: ${message}`],
        ...(details.length === 0 ? [] : [['Answer', details.join(', ')]]),
        ...(requestId === undefined ? [] : [['Request ID', requestId]]),
    ];
}
function hopParts(stop) {
    const brought = baseCarries(stop);
    return [
        ...titled('points', 'What this hop carries:', carries(stop)),
        ...(brought === undefined ? [] : [paragraph(brought)]),
    ];
}
function sides(stop, { shows }, role) {
    return shows === 'token' ? tokenSides(stop, role) : signedSides(stop, role);
}
/** A fix with what this hop had, where it is known. */
function filled(fix, { claims, hop, failure }) {
    const iss = explain_stop_text(claims?.iss);
    const aud = explain_stop_text([claims?.aud].flat()[0]);
    const role = hop?.role;
    const provider = iss !== undefined && role !== undefined && (0,arn/* isRoleArn */.GW)(role)
        ? `arn:${role.partition}:iam::${role.accountId}:oidc-provider/${issuerHost(iss)}`
        : undefined;
    const known = { iss, aud, provider, role: failure.operation === 'GetIdToken' ? undefined : role?.name };
    return fix.replace(/<(iss|aud|provider|role)>/g, (whole, name) => known[name] ?? whole);
}
function explain_stop_text(value) {
    return typeof value === 'string' && /^[!-~]+$/.test(value) ? value : undefined;
}
function request({ requestId }) {
    return requestId === undefined ? '.' : ` (request ${requestId}).`;
}
function shortened(message) {
    return message.length > 400 ? `${message.slice(0, 380)}…` : message.replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./build/src/domain/non-empty.js
/** Whether a list has an item. */
function isNonEmpty(list) {
    return list.length > 0;
}
/** The last item of a list that has one. */
function last(list) {
    return list.at(-1);
}

// EXTERNAL MODULE: ./build/src/domain/problem.js
var problem = __webpack_require__(5176);
// EXTERNAL MODULE: ./build/src/domain/step-stopped.js
var step_stopped = __webpack_require__(1109);
;// CONCATENATED MODULE: ./build/src/domain/explain.js





/** Characters an annotation may have; GitHub cuts far longer ones, and the log holds the story. */
const annotationLimit = 1_000;
/** Stories told in full; with more failures than that, the rest are told in a line. */
const mostStories = 10;
/** Explains why a step failed. */
function explain(error) {
    if (error instanceof problem/* InvalidRequest */.zh) {
        return explainProblems(error);
    }
    if (error instanceof step_stopped/* StepStopped */.i) {
        return explainStops(error.stops);
    }
    const text = error instanceof Error ? error.message : 'an error without words';
    const fix = error instanceof Error && 'fix' in error && typeof error.fix === 'string' ? [error.fix] : [];
    const title = 'The step failed';
    return explanation(title, [text, ...fix].join(' '), [heading(title), ...[text, ...fix].map(paragraph)]);
}
function explainProblems({ problems }) {
    const count = problems.length === 1 ? '' : ` (${problems.length} problems)`;
    const title = `The step cannot run as it is written${count}`;
    return explanation(title, problems.map(problem/* problemText */.fI).join('\n'), [
        heading(title),
        paragraph('No role was assumed, and nothing was exported.'),
        { kind: 'points', items: problems.map(({ where, what, fix }) => `${where}: ${what}.\n    → ${sentence(fix)}`) },
    ]);
}
function explainStops(stops) {
    const stories = sameFailure(stops).map(explainStop);
    const first = stories[0];
    const names = stops.flatMap(({ target }) => (target.name === undefined ? [] : [target.name]));
    const title = names.length > 1 ? `${names.length} targets failed: ${names.join(', ')}` : first.title;
    const told = stories.slice(0, mostStories).flatMap(({ parts }) => parts);
    const rest = stories.slice(mostStories).map((story) => `${story.title}. ${story.summary}`);
    return explanation(title, stories.map(({ summary }) => summary).join('\n'), [
        ...(names.length > 1 ? [heading(title), paragraph('Nothing was exported for any target.')] : []),
        ...told,
        ...(rest.length > 0 ? [paragraph('And in the same way:'), { kind: 'points', items: rest }] : []),
    ]);
}
/** Targets that waited for one call have its failure in common. */
function sameFailure(stops) {
    const failures = [...new Set(stops.map(({ failure }) => failure))];
    return failures
        .map((failure) => stops.filter((stop) => stop.failure === failure))
        .filter(isNonEmpty);
}
function explanation(title, summary, parts) {
    return { title: cut(title, 200), summary: cut(summary, annotationLimit), story: plainText(parts), parts };
}
function sentence(text) {
    return /[.?!]$/.test(text) ? text : `${text}.`;
}
function cut(text, limit) {
    const characters = [...text];
    return characters.length <= limit ? text : `${characters.slice(0, limit - 20).join('')}… (see the log)`;
}


/***/ })

};
;