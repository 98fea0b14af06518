"use strict";
exports.id = 332;
exports.ids = [332];
exports.modules = {

/***/ 3512:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GW: () => (/* binding */ isRoleArn),
/* harmony export */   Xl: () => (/* binding */ parseIdentityArn),
/* harmony export */   w3: () => (/* binding */ roleArn)
/* harmony export */ });
/* unused harmony exports isAccountId, accountIdsWithin, parseRole */
/* harmony import */ var _partition_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5205);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5176);


const accountPattern = /^\d{12}$/;
const namePattern = /^[\w+=,.@-]{1,64}$/;
const pathPattern = /^\/([\x21-\x7e]+\/)?$/;
/** Whether the text is a twelve-digit AWS account id. */
function isAccountId(text) {
    return accountPattern.test(text);
}
/** Every AWS account id in a text; longer numbers are none. */
const accountIdsWithin = /(?<!\d)\d{12}(?!\d)/g;
/** The ARN of a role from its parts. */
function roleArn(partition, accountId, { path, name }) {
    return { arn: `arn:${partition}:iam::${accountId}:role${path}${name}`, partition, accountId, path, name };
}
/** Reads a role's ARN, or a role's name with an optional path; a problem where it is neither. */
function parseRole(text, where) {
    return text.startsWith('arn:') ? parseRoleArn(text, where) : parseRoleName(text, where);
}
/** Whether a role is named in full. */
function isRoleArn(role) {
    return 'arn' in role;
}
/** Reads a session's or user's ARN. */
function parseIdentityArn(arn) {
    const [, partition = 'aws', , , accountId = '', ...rest] = arn.split(':');
    const [type = '', ...names] = rest.join(':').split('/');
    const base = { arn, partition, accountId };
    switch (type) {
        case 'user':
            return { ...base, kind: 'user', name: names.at(-1) ?? '', session: '' };
        case 'assumed-role':
            return { ...base, kind: 'role-session', name: names[0] ?? '', session: names.slice(1).join('/') };
        case 'federated-user':
            return { ...base, kind: 'federated-user', name: names.join('/'), session: '' };
        case 'root':
            return { ...base, kind: 'root', name: 'root', session: '' };
        default:
            return { ...base, kind: 'other', name: names.join('/'), session: '' };
    }
}
function parseRoleArn(text, where) {
    const wrong = (what, fix) => ({ where, what, fix });
    const example = 'Write it like arn:aws:iam::111111111111:role/deploy';
    const [, partition = '', service = '', region = '', accountId = '', ...rest] = text.split(':');
    const resource = rest.join(':');
    if (/[\s\p{Cc}]/u.test(text)) {
        return wrong(`${quote(text)} holds white space or a line break`, `${example}, one role per line`);
    }
    if (service === 'sts' && resource.startsWith('assumed-role/')) {
        const name = resource.split('/')[1] ?? '';
        return wrong(`${quote(text)} is the ARN of a session, not of a role`, `Give the role behind it: arn:${partition}:iam::${accountId}:role/${name} (with its path, if it has one)`);
    }
    if (partitionOf(partition) === undefined) {
        const known = partitions.map(({ id }) => id).join(', ');
        return wrong(`${quote(text)} names no AWS partition (${quote(partition)})`, `Use one of ${known}`);
    }
    if (service !== 'iam' || region !== '' || !resource.startsWith('role/')) {
        return wrong(`${quote(text)} is not the ARN of an IAM role`, example);
    }
    if (!isAccountId(accountId)) {
        const digits = /^\d+$/.test(accountId) ? `${accountId.length} digits` : quote(accountId);
        return wrong(`the account id of ${quote(text)} has ${digits} instead of 12 digits`, 'Write all twelve digits; in YAML, quote an account id that begins with a zero');
    }
    const role = splitPath(resource.slice('role'.length));
    const problem = roleNameProblem(role, where);
    return problem ?? roleArn(partition, accountId, role);
}
function parseRoleName(text, where) {
    const role = splitPath(text.startsWith('/') ? text : `/${text}`);
    // A path may hold a colon, but a name written with one is a damaged ARN far more often; such a path needs the whole ARN.
    if (!text.includes(':') && roleNameProblem(role, where) === undefined) {
        return role;
    }
    return {
        where,
        what: `${quote(text)} is neither the ARN nor the name of a role`,
        fix: 'Write an ARN like arn:aws:iam::111111111111:role/deploy, or a role name of 1 to 64 letters, digits and +=,.@_-',
    };
}
function splitPath(resource) {
    const end = resource.lastIndexOf('/') + 1;
    return { path: resource.slice(0, end), name: resource.slice(end) };
}
function roleNameProblem({ path, name }, where) {
    if (!namePattern.test(name) || !pathPattern.test(path) || path.length > 512) {
        return {
            where,
            what: `${quote(`${path}${name}`)} is not a role's path and name`,
            fix: 'A role name has 1 to 64 letters, digits and +=,.@_-; a path begins and ends with a slash and has at most 512 characters',
        };
    }
    if (path.startsWith('/aws-service-role/')) {
        return {
            where,
            what: `${quote(name)} is a service-linked role, which only its AWS service can assume`,
            fix: 'Name a role of your own',
        };
    }
    if (name.startsWith('AWSReservedSSO_')) {
        return {
            where,
            what: `${quote(name)} belongs to IAM Identity Center and cannot be assumed through STS`,
            fix: 'Name a role of your own and let its trust policy allow the caller',
        };
    }
    return undefined;
}


/***/ }),

/***/ 1282:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ip: () => (/* binding */ readClaims),
/* harmony export */   pl: () => (/* binding */ shownClaims),
/* harmony export */   tp: () => (/* binding */ otherSubject),
/* harmony export */   xi: () => (/* binding */ isImmutableSubject)
/* harmony export */ });
/* unused harmony export immutablePrefix */
/** Claims that say who a job is, in the order they are shown. */
const shown = [
    'iss',
    'aud',
    'sub',
    'repository',
    'repository_id',
    'repository_owner',
    'repository_owner_id',
    'ref',
    'environment',
    'event_name',
    'job_workflow_ref',
    'workflow_ref',
    'actor',
    'enterprise',
];
/** Reads a token's claims without its signature; undefined where the text is not a JWT. */
function readClaims(token) {
    try {
        const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
        const claims = JSON.parse(text);
        return typeof claims === 'object' && claims !== null && !Array.isArray(claims) ? claims : undefined;
    }
    catch {
        return undefined;
    }
}
/** The claims worth showing, each as text. */
function shownClaims(claims) {
    return shown.flatMap((name) => {
        const value = claims[name];
        return value === undefined ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
    });
}
/**
 * Whether a `sub` has GitHub's immutable form, which names owner and repository with their ids.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
function isImmutableSubject(subject) {
    return /^repo:[^/:@]+@\d+\/[^/:@]+@\d+(:|$)/.test(subject);
}
/** The other form of a `sub` in GitHub's own layout, from the ids that the token carries; undefined where it has none. */
function otherSubject({ sub, repository, repository_id, repository_owner_id }) {
    if (typeof sub !== 'string' || typeof repository !== 'string') {
        return undefined;
    }
    const classic = `repo:${repository}`;
    const immutable = immutablePrefix(repository, repository_owner_id, repository_id);
    const [from, to] = isImmutableSubject(sub) ? [immutable, classic] : [classic, immutable];
    return from !== undefined && to !== undefined && sub.startsWith(`${from}:`) ? to + sub.slice(from.length) : undefined;
}
/** How an immutable `sub` begins: owner and repository, each with its id. */
function immutablePrefix(repository, ownerId, repositoryId) {
    const [owner, name] = repository.split('/');
    return isId(ownerId) && isId(repositoryId) ? `repo:${owner}@${ownerId}/${name}@${repositoryId}` : undefined;
}
function isId(value) {
    return typeof value === 'string' && /^\d+$/.test(value);
}


/***/ }),

/***/ 3109:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ secretsOf),
/* harmony export */   u: () => (/* binding */ areTemporary)
/* harmony export */ });
/**
 * Whether the keys belong to a session rather than to a user.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
function areTemporary({ accessKeyId, sessionToken }) {
    return sessionToken !== undefined || accessKeyId.startsWith('ASIA');
}
/** The values that must never be shown. */
function secretsOf({ accessKeyId, secretAccessKey, sessionToken }) {
    return [accessKeyId, secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken])];
}


/***/ }),

/***/ 6195:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S5: () => (/* binding */ durationText),
/* harmony export */   YV: () => (/* binding */ durationProblem),
/* harmony export */   pH: () => (/* binding */ durationWarning),
/* harmony export */   q: () => (/* binding */ durationsToTry)
/* harmony export */ });
/* unused harmony exports durationLimits, defaultDuration, parseDuration, shortDuration */
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5176);

/** AWS's bounds on DurationSeconds. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const durationLimits = {
    /** Seconds; shorter sessions do not exist. */
    minimum: 900,
    /** Seconds; the longest a role can be set to. */
    maximum: 43_200,
    /** Seconds; the longest for a session made with role or session credentials. */
    chained: 3_600,
};
/** Seconds for the last hop, and for the hops on the way to it, where nobody asked for anything. */
const defaultDuration = { last: 3_600, middle: 900 };
/** What `max` tries, longest first; a role's own maximum is at least the last of them. */
const ladder = [43_200, 28_800, 14_400, 7_200, 3_600];
/** Reads `3600`, `45m`, `1h30m` or `max`; a problem where the text is none of them. */
function parseDuration(text, where) {
    if (text.toLowerCase() === 'max') {
        return 'max';
    }
    const seconds = /^\d+$/.test(text) ? Number(text) : unitSeconds(text);
    return (seconds ?? {
        where,
        what: `${quote(text)} is not a duration`,
        fix: 'Write seconds (3600), hours and minutes (1h30m, 45m), or max',
    });
}
/** The durations to ask AWS for at a hop, in order: one, or for `max` the ladder of what can be allowed there. */
function durationsToTry(request, chaining) {
    if (request !== 'max') {
        return [request];
    }
    return chaining === 'yes' ? [durationLimits.chained] : ladder;
}
/** What is wrong with a duration at a hop, before AWS is asked. */
function durationProblem(request, chaining, where) {
    if (request === 'max') {
        return undefined;
    }
    const { minimum, maximum, chained } = durationLimits;
    if (request < minimum) {
        return {
            where,
            what: `${durationText(request)} is shorter than any AWS session`,
            fix: `AWS allows ${minimum} to ${chaining === 'yes' ? chained : maximum} seconds here`,
        };
    }
    if (chaining === 'yes' && request > chained) {
        return {
            where,
            what: `${durationText(request)} is too long: this hop is role chaining (it is made with the credentials of a role or session), and AWS ends such a session after one hour`,
            fix: `Ask for ${minimum} to ${chained} seconds, or max; for jobs that run longer, refresh: true renews the session`,
        };
    }
    if (request > maximum) {
        return {
            where,
            what: `${durationText(request)} is longer than any AWS session`,
            fix: `AWS allows ${minimum} to ${maximum} seconds here`,
        };
    }
    return undefined;
}
/** What deserves a word before AWS is asked: whether an EC2 instance's session counts as role chaining, AWS leaves open. */
function durationWarning(request, chaining, where) {
    return chaining === 'unsure' && request !== 'max' && request > durationLimits.chained
        ? `${where}: ${durationText(request)} from the credentials of an EC2 instance. AWS's manual allows it, and some accounts report the one-hour limit of role chaining; max takes what AWS allows.`
        : undefined;
}
/** Seconds as somebody reads them: `3600 s (1h)`. */
function durationText(seconds) {
    return `${seconds} s (${shortDuration(seconds)})`;
}
/** Seconds in hours, minutes and seconds: `1h30m`. */
function shortDuration(seconds) {
    const parts = [
        [Math.floor(seconds / 3600), 'h'],
        [Math.floor((seconds % 3600) / 60), 'm'],
        [Math.floor(seconds % 60), 's'],
    ];
    return (parts
        .filter(([count]) => count > 0)
        .map(([count, unit]) => `${count}${unit}`)
        .join('') || '0s');
}
function unitSeconds(text) {
    const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/i.exec(text);
    if (match === null || text === '') {
        return undefined;
    }
    const [hours, minutes, seconds] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
    const carriesOver = (hours !== undefined && (minutes ?? 0) > 59) || (minutes !== undefined && (seconds ?? 0) > 59);
    return carriesOver ? undefined : (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}


/***/ }),

/***/ 1897:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ep: () => (/* binding */ CallFailed),
/* harmony export */   JP: () => (/* binding */ retryClass),
/* harmony export */   KO: () => (/* binding */ mayRetry),
/* harmony export */   YV: () => (/* binding */ deadlineCode),
/* harmony export */   a2: () => (/* binding */ retryDelay)
/* harmony export */ });
/** A call that failed for good. */
class CallFailed extends Error {
    failure;
    constructor(failure, options) {
        super(`${failure.operation} failed: ${failure.code}: ${failure.message}`, options);
        this.name = 'CallFailed';
        this.failure = failure;
    }
}
/** The step ran out of its own time. */
const deadlineCode = 'DeadlineExceeded';
/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const rows = [
    {
        kind: 'busy',
        codes: /^(Throttling\w*|TooManyRequestsException|RequestLimitExceeded|SlowDown|RequestThrottled\w*)$/,
    },
    { kind: 'identity-provider', codes: /^IDPCommunicationError/ },
    { kind: 'identity-provider', codes: /^InvalidIdentityToken/, message: /verification key/i },
    {
        kind: 'network',
        codes: /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|TimeoutError|IncompleteAnswer)$/,
    },
    {
        kind: 'clock',
        codes: /^(SignatureDoesNotMatch|RequestExpired|RequestTimeTooSkewed)$/,
        message: /Signature (expired|not yet current)|skew/i,
    },
    { kind: 'fresh-role', codes: /^(AccessDenied\w*|InvalidClientTokenId)$/ },
];
/** Which class of retry a failure belongs to. */
function retryClass({ code, message, status }) {
    const row = rows.find(({ codes, message: words }) => codes.test(code) && (words?.test(message) ?? true));
    return row?.kind ?? (status !== undefined && (status >= 500 || status === 429) ? 'busy' : 'never');
}
/** Whether to try once more after so many attempts. */
function mayRetry(failure, rules) {
    const kind = retryClass(failure);
    if (kind === 'never' || failure.attempts >= rules.attempts) {
        return false;
    }
    if (kind === 'clock') {
        return failure.attempts < 2;
    }
    return kind !== 'fresh-role' || rules.includesFreshRoles;
}
/** Milliseconds to wait before the next attempt: twice as long each time, and scattered, so that the jobs of a matrix do not march in step. */
function retryDelay(attempts, random) {
    return Math.min(8_000, 250 * 2 ** (attempts - 1)) * (0.2 + 0.8 * random);
}


/***/ }),

/***/ 816:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ inheritedAt),
/* harmony export */   y: () => (/* binding */ roleText)
/* harmony export */ });
/** What the hop at an index inherits. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
function inheritedAt(hops, index) {
    const before = hops.slice(0, index);
    const tags = before.flatMap((hop, fromHop) => {
        const transitive = new Set(hop.transitiveTagKeys.map((key) => key.toLowerCase()));
        return hop.tags.filter(({ key }) => transitive.has(key.toLowerCase())).map((tag) => ({ tag, fromHop }));
    });
    const fromHop = before.findIndex((hop) => hop.sourceIdentity !== undefined);
    const value = before[fromHop]?.sourceIdentity;
    return value === undefined ? { tags } : { tags, sourceIdentity: { value, fromHop } };
}
/** A role as it was named: its ARN, or its path and name. */
function roleText(role) {
    return 'arn' in role ? role.arn : `${role.path.slice(1)}${role.name}`;
}


/***/ }),

/***/ 5193:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nd: () => (/* binding */ firstHopChaining),
/* harmony export */   b6: () => (/* binding */ baseText)
/* harmony export */ });
/* unused harmony exports credentialSources, firstOperation */
/* harmony import */ var _credentials_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3109);

/** The values of `credential-source`, as they are written; matched without regard to case. */
const credentialSources = (/* unused pure expression or super */ null && ([
    'auto',
    'access-keys',
    'oidc',
    'web-identity',
    'saml',
    'Environment',
    'EcsContainer',
    'Ec2InstanceMetadata',
    'default-chain',
]));
/** The STS call that makes the first hop from a base; every later hop is AssumeRole. */
function firstOperation({ kind, }) {
    switch (kind) {
        case 'oidc':
        case 'web-identity':
            return 'AssumeRoleWithWebIdentity';
        case 'saml':
            return 'AssumeRoleWithSAML';
        default:
            return 'AssumeRole';
    }
}
/**
 * Whether the first hop from a base is role chaining; `ask` where only the credentials themselves can tell.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
function firstHopChaining(base) {
    switch (base.kind) {
        case 'oidc':
        case 'web-identity':
        case 'saml':
            return 'no';
        case 'access-keys':
        case 'Environment':
            return (0,_credentials_js__WEBPACK_IMPORTED_MODULE_0__/* .areTemporary */ .u)(base.credentials) ? 'yes' : 'no';
        case 'EcsContainer':
            return 'yes';
        case 'Ec2InstanceMetadata':
            return 'unsure';
        case 'default-chain':
            return 'ask';
    }
}
/** A base identity in words. */
function baseText(base) {
    switch (base.kind) {
        case 'access-keys':
            return 'the access keys given as inputs';
        case 'oidc':
            return "the job's ID token (OIDC)";
        case 'web-identity':
            return 'the web-identity token file';
        case 'saml':
            return 'the SAML assertion file';
        case 'Environment':
            return 'the keys in the environment';
        case 'EcsContainer':
            return 'the container credentials (ECS task role or EKS Pod Identity)';
        case 'Ec2InstanceMetadata':
            return 'the EC2 instance profile';
        case 'default-chain':
            return base.profile === undefined
                ? "the SDK's default credential chain"
                : `the profile ${base.profile} of the machine's AWS files`;
    }
}


/***/ }),

/***/ 9999:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S2: () => (/* binding */ tokenLine),
/* harmony export */   Tc: () => (/* binding */ timeText),
/* harmony export */   Wr: () => (/* binding */ hopLine),
/* harmony export */   ze: () => (/* binding */ hopPlace)
/* harmony export */ });
/* unused harmony export baseLine */
/* harmony import */ var _claims_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1282);
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6195);
/* harmony import */ var _identity_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5193);



/** A hop that was made, in one line: who called whom, for how long, and how much of the packed size it used. */
function hopLine(session, { index, targets, caller, base, }) {
    const { role, credentials, durationSeconds, packedPolicySize } = session;
    const from = caller?.arn ?? (0,_identity_js__WEBPACK_IMPORTED_MODULE_1__/* .baseText */ .b6)(base);
    const packed = packedPolicySize === undefined ? '' : `, session policies and tags use ${packedPolicySize} % of their limit`;
    return `${hopPlace(index, targets)}: ${from} → ${role.arn} as ${session.identity.session}, ${(0,_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .durationText */ .S5)(durationSeconds)}, expires ${timeText(credentials.expiration)}${packed}`;
}
/** A line with more targets than this counts them: each is named again where its own hop is told. */
const mostNames = 5;
/** Which hop this is, of how many, and for which targets. */
function hopPlace(index, targets) {
    const lengths = [...new Set(targets.map(({ hops }) => hops.length))];
    const named = targets.flatMap(({ name }) => (name === undefined ? [] : [name]));
    const of = lengths.length === 1 ? ` of ${lengths[0]}` : '';
    const forWhom = named.length > mostNames ? `${named.length} targets` : named.join(', ');
    return `Hop ${index + 1}${of}${forWhom && ` (${forWhom})`}`;
}
/** A moment as AWS writes it: RFC 3339, to the second, in UTC. */
function timeText(moment) {
    return moment.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
/** Where the step starts and why, in one line. */
function baseLine({ targets, baseReason, endpoint }) {
    const bases = [...new Set(targets.map(({ base }) => baseText(base)))];
    const goal = targets.some(({ hops }) => hops.length > 0)
        ? ''
        : ' No role is named in role-to-assume, role-chain or targets, so this identity itself is handed over.';
    const place = endpoint === undefined ? '' : ` STS is asked at ${endpoint}.`;
    return `Base identity: ${bases.join('; ')}, because ${baseReason}.${goal}${place}`;
}
/** What a token says of the job, in one line; never the token. */
function tokenLine(claims) {
    const { sub, aud, iss } = claims;
    const form = typeof sub === 'string' && (0,_claims_js__WEBPACK_IMPORTED_MODULE_2__/* .isImmutableSubject */ .xi)(sub) ? ' (immutable form)' : '';
    return `Token: sub ${JSON.stringify(sub)}${form}, aud ${JSON.stringify(aud)}, iss ${JSON.stringify(iss)}`;
}


/***/ }),

/***/ 5205:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cn: () => (/* binding */ partitionOfRegion),
/* harmony export */   iQ: () => (/* binding */ partitionOf)
/* harmony export */ });
/* unused harmony exports partitions, isRegionName */
const audience = 'sts.amazonaws.com';
/** AWS's partitions, as in the partition metadata of its SDKs. */
const partitions = [
    {
        id: 'aws',
        regions: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
        defaultRegion: 'us-east-1',
        dnsSuffix: 'amazonaws.com',
        audience,
        console: 'signin.aws.amazon.com',
    },
    {
        id: 'aws-cn',
        regions: /^cn-\w+-\d+$/,
        defaultRegion: 'cn-northwest-1',
        dnsSuffix: 'amazonaws.com.cn',
        audience: 'sts.amazonaws.com.cn',
        console: 'signin.amazonaws.cn',
    },
    {
        id: 'aws-us-gov',
        regions: /^us-gov-\w+-\d+$/,
        defaultRegion: 'us-gov-west-1',
        dnsSuffix: 'amazonaws.com',
        audience,
        console: 'signin.amazonaws-us-gov.com',
    },
    {
        id: 'aws-iso',
        regions: /^us-iso-\w+-\d+$/,
        defaultRegion: 'us-iso-east-1',
        dnsSuffix: 'c2s.ic.gov',
        audience,
        console: '',
    },
    {
        id: 'aws-iso-b',
        regions: /^us-isob-\w+-\d+$/,
        defaultRegion: 'us-isob-east-1',
        dnsSuffix: 'sc2s.sgov.gov',
        audience,
        console: '',
    },
    {
        id: 'aws-iso-e',
        regions: /^eu-isoe-\w+-\d+$/,
        defaultRegion: 'eu-isoe-west-1',
        dnsSuffix: 'cloud.adc-e.uk',
        audience,
        console: '',
    },
    {
        id: 'aws-iso-f',
        regions: /^us-isof-\w+-\d+$/,
        defaultRegion: 'us-isof-south-1',
        dnsSuffix: 'csp.hci.ic.gov',
        audience,
        console: '',
    },
    {
        id: 'aws-eusc',
        regions: /^eusc-(de)-\w+-\d+$/,
        defaultRegion: 'eusc-de-east-1',
        dnsSuffix: 'amazonaws.eu',
        audience,
        console: '',
    },
];
/** The partition of that id, if AWS has one. */
function partitionOf(id) {
    return partitions.find((partition) => partition.id === id);
}
/** The partition a Region belongs to, if the Region has a known form. */
function partitionOfRegion(region) {
    return partitions.find((partition) => partition.regions.test(region));
}
/** Whether a text has the form of a Region; it becomes part of a host name, so nothing else may pass. */
function isRegionName(text) {
    return /^[a-z0-9]+(-[a-z0-9]+)+$/.test(text);
}


/***/ }),

/***/ 5176:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fI: () => (/* binding */ problemText),
/* harmony export */   zh: () => (/* binding */ InvalidRequest)
/* harmony export */ });
/* unused harmony export quote */
/** A request that cannot be carried out; carries every problem found, never a secret. */
class InvalidRequest extends Error {
    problems;
    constructor(problems) {
        super(problems.map(problemText).join('\n'));
        this.name = 'InvalidRequest';
        this.problems = problems;
    }
}
/** A problem as one line of text. */
function problemText({ where, what, fix }) {
    return `${where}: ${what}. ${fix}`;
}
/** Quotes somebody's text for a message: control characters shown, long texts shortened in the middle. */
function quote(text) {
    const shown = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\');
    return `'${shown.length > 120 ? `${shown.slice(0, 80)}…${shown.slice(-30)}` : shown}'`;
}


/***/ }),

/***/ 1109:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ StepStopped)
/* harmony export */ });
/** A walk in which at least one target was not reached; nothing was exported for any. */
class StepStopped extends Error {
    stops;
    constructor(stops) {
        super(stops.map(({ failure }) => `${failure.operation}: ${failure.code}`).join('; '));
        this.name = 'StepStopped';
        this.stops = stops;
    }
}


/***/ }),

/***/ 550:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QI: () => (/* binding */ defaultTagKeys),
/* harmony export */   nB: () => (/* binding */ dropTags)
/* harmony export */ });
/* unused harmony exports defaultTags, parseTagsJson, tagProblems, protectedTagProblems */
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5176);

const keyPattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const valuePattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
const unusable = /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu;
const maximumTags = 50;
/** Where the default session tags come from; the droppable ones go first where AWS finds the tags too large. */
const defaultSources = [
    { key: 'Repository', variable: 'GITHUB_REPOSITORY', droppable: false },
    { key: 'Workflow', variable: 'GITHUB_WORKFLOW', droppable: false },
    { key: 'Action', variable: 'GITHUB_ACTION', droppable: false },
    { key: 'Actor', variable: 'GITHUB_ACTOR', droppable: false },
    { key: 'Commit', variable: 'GITHUB_SHA', droppable: false },
    { key: 'Branch', variable: 'GITHUB_REF', droppable: false },
    { key: 'EventName', variable: 'GITHUB_EVENT_NAME', droppable: true },
    { key: 'BaseRef', variable: 'GITHUB_BASE_REF', droppable: true },
    { key: 'HeadRef', variable: 'GITHUB_HEAD_REF', droppable: true },
    { key: 'RunId', variable: 'GITHUB_RUN_ID', droppable: true },
    { key: 'Job', variable: 'GITHUB_JOB', droppable: true },
    { key: 'TriggeringActor', variable: 'GITHUB_TRIGGERING_ACTOR', droppable: true },
];
/** The keys of the default session tags; not every run has a value for each. */
const defaultTagKeys = ['GitHub', ...defaultSources.map(({ key }) => key)];
/** The default session tags of a job: what GitHub says of it, in characters that AWS takes. */
function defaultTags(environment) {
    const tags = defaultSources.flatMap(({ key, variable }) => {
        const value = environment[variable];
        return value ? [{ key, value: [...value.replace(unusable, '_')].slice(0, 256).join('') }] : [];
    });
    return [{ key: 'GitHub', value: 'Actions' }, ...tags];
}
/** The tags without those that may go where they are too large, and the keys that went. */
function dropTags(tags) {
    const droppable = new Set(defaultSources.filter((source) => source.droppable).map(({ key }) => key));
    const dropped = tags.filter(({ key }) => droppable.has(key)).map(({ key }) => key);
    return { kept: tags.filter(({ key }) => !droppable.has(key)), dropped };
}
/** Reads `custom-tags` as JSON: an object of strings, numbers and booleans. */
function parseTagsJson(text, where, report) {
    let parsed;
    try {
        parsed = JSON.parse(text);
    }
    catch {
        report({ where, what: 'the text is not valid JSON', fix: 'Write an object like {"Team":"platform"}' });
        return [];
    }
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
        report({ where, what: 'the text is JSON, but not an object', fix: 'Write an object like {"Team":"platform"}' });
        return [];
    }
    return Object.entries(parsed).flatMap(([key, value]) => {
        if (!['string', 'number', 'boolean'].includes(typeof value)) {
            report({
                where,
                what: `the value of ${quote(key)} is not a string, number or boolean`,
                fix: 'Write one value a key',
            });
            return [];
        }
        return [{ key, value: String(value) }];
    });
}
/** What AWS would refuse in a hop's tags. */
function tagProblems(tags, transitiveKeys, where) {
    const problems = [];
    const wrong = (what, fix) => problems.push({ where, what, fix });
    if (tags.length > maximumTags) {
        wrong(`${tags.length} session tags`, `AWS takes at most ${maximumTags}, default tags included`);
    }
    for (const { key, value } of tags) {
        const characters = 'letters, digits, spaces and _.:/=+-@';
        if (!keyPattern.test(key)) {
            wrong(`${quote(key)} cannot be a tag key`, `A key has 1 to 128 ${characters}`);
        }
        if (/^aws:/i.test(key)) {
            wrong(`tag key ${quote(key)} begins with aws:`, 'AWS keeps that prefix for itself; use another key');
        }
        if (!valuePattern.test(value)) {
            wrong(`the value of tag ${quote(key)} cannot be a tag value`, `A value has at most 256 ${characters}`);
        }
    }
    for (const twice of repeated(tags.map(({ key }) => key))) {
        wrong(`tag key ${quote(twice)} is given twice`, 'AWS ignores upper and lower case in tag keys; keep one');
    }
    for (const key of transitiveKeys.filter((name) => !tags.some((tag) => tag.key.toLowerCase() === name.toLowerCase()))) {
        wrong(`transitive tag key ${quote(key)} is not among this hop's tags`, 'Add the tag, or take the key out of transitive-tag-keys');
    }
    return problems;
}
/** Custom tags that would replace one of the default tags. */
function protectedTagProblems(custom, where) {
    const taken = new Set(defaultTagKeys.map((key) => key.toLowerCase()));
    return custom
        .filter(({ key }) => taken.has(key.toLowerCase()))
        .map(({ key }) => ({
        where,
        what: `tag key ${quote(key)} is one of the default session tags`,
        fix: 'Use another key, or set role-skip-session-tagging: true',
    }));
}
function repeated(keys) {
    const lower = keys.map((key) => key.toLowerCase());
    return keys.filter((_, index) => lower.indexOf(lower[index] ?? '') < index);
}


/***/ })

};
;