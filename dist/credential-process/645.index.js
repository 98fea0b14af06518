export const id = 645;
export const ids = [645];
export const modules = {

/***/ 6105:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ roleText)
/* harmony export */ });
/* unused harmony export inheritedAt */
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
function roleText(role) {
    return 'arn' in role ? role.arn : `${role.path.slice(1)}${role.name}`;
}


/***/ }),

/***/ 2830:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ StepStopped)
/* harmony export */ });
class StepStopped extends Error {
    stops;
    constructor(stops) {
        super(stops.map(({ failure }) => `${failure.operation}: ${failure.code}`).join('; '));
        this.name = 'StepStopped';
        this.stops = stops;
    }
}


/***/ }),

/***/ 7645:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  refresh: () => (/* binding */ refresh)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/src/disk/file-problem.js
var file_problem = __webpack_require__(9511);
// EXTERNAL MODULE: ./build/src/disk/folder.js
var disk_folder = __webpack_require__(2587);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./build/src/disk/lock-file.js




async function create(path, me) {
    const file = await (0,promises_.open)(path, 'wx', 0o600).catch((error) => {
        if (isBusy(error))
            return undefined;
        const fix = 'Let the user the job runs as write to its folder.';
        throw (0,file_problem/* asFileProblem */.ux)(error, `The lock ${path} cannot be made`, { path, fix });
    });
    if (file === undefined)
        return false;
    try {
        await file.writeFile(JSON.stringify(me));
        return true;
    }
    catch (error) {
        await (0,promises_.unlink)(path).catch(() => undefined);
        throw error;
    }
    finally {
        await file.close();
    }
}
function isBusy(error) {
    const code = (0,file_problem/* codeOf */.$N)(error) ?? '';
    if (['EEXIST', 'ENOENT'].includes(code))
        return true;
    return process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code);
}
async function look(path) {
    try {
        const [text, { ino, birthtimeMs, mtimeMs }] = [await (0,promises_.readFile)(path, 'utf8'), await (0,promises_.stat)(path)];
        const owner = parseOwner(text);
        return { id: owner?.token ?? `${ino}-${Math.floor(birthtimeMs)}`, owner, heartbeat: mtimeMs };
    }
    catch (error) {
        if (isBusy(error))
            return undefined;
        throw error;
    }
}
function parseOwner(text) {
    try {
        const { token, pid, host } = JSON.parse(text);
        const known = typeof pid === 'number' && typeof host === 'string' && /^[0-9a-f-]{36}$/.test(token);
        return known ? { token, pid, host } : undefined;
    }
    catch {
        return undefined;
    }
}
async function evictIfDead(path, waiter) {
    const found = await look(path);
    if (found === undefined || !isDead(path, found, waiter))
        return false;
    return remove(path, found.id, waiter);
}
function isDead(path, found, { me, staleMs, seen }) {
    if (found.owner?.host === me.host && !isRunning(found.owner.pid))
        return true;
    const sign = `${found.id} ${found.heartbeat}`;
    const before = seen.get(path);
    if (before?.sign === sign)
        return performance.now() - before.since >= staleMs;
    seen.set(path, { sign, since: performance.now() });
    return false;
}
async function remove(path, id, waiter) {
    const claim = `${path}.${id.slice(0, 8)}`;
    if (!(await create(claim, waiter.me))) {
        await evictIfDead(claim, waiter);
        return false;
    }
    try {
        if ((await look(path))?.id !== id)
            return false;
        await (0,promises_.unlink)(path);
        return true;
    }
    catch (error) {
        if (isBusy(error))
            return false;
        throw error;
    }
    finally {
        await (0,promises_.unlink)(claim).catch(() => undefined);
    }
}
function isRunning(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (error) {
        return (0,file_problem/* codeOf */.$N)(error) !== 'ESRCH';
    }
}
function thisHost() {
    try {
        return `${(0,external_node_os_.hostname)()} ${(0,external_node_fs_.readlinkSync)('/proc/self/ns/pid')}`;
    }
    catch {
        return (0,external_node_os_.hostname)();
    }
}

;// CONCATENATED MODULE: ./build/src/disk/lock.js







async function withLock(path, options, action) {
    const staleMs = options.staleMs ?? 10_000;
    const me = { token: (0,external_node_crypto_.randomUUID)(), pid: process.pid, host: thisHost() };
    const createdFolders = await acquire(path, { me, staleMs, seen: new Map() }, options.timeoutMs ?? 60_000);
    const heartbeat = setInterval(() => void beat(path), staleMs / 4).unref();
    let succeeded = false;
    try {
        const result = await action(createdFolders);
        succeeded = true;
        return result;
    }
    finally {
        clearInterval(heartbeat);
        await release(path, me);
        if (!succeeded)
            for (const folder of createdFolders)
                await (0,disk_folder/* removeFolderIfEmpty */.X)(folder);
    }
}
async function acquire(path, waiter, timeoutMs) {
    const deadline = performance.now() + timeoutMs;
    const createdFolders = new Set();
    for (;;) {
        for (const folder of await (0,disk_folder/* ensureFolder */.f)((0,external_node_path_.dirname)(path)))
            createdFolders.add(folder);
        if (await create(path, waiter.me))
            return [...createdFolders];
        if (await evictIfDead(path, waiter))
            continue;
        if (performance.now() >= deadline)
            throw await timedOut(path, timeoutMs);
        await (0,external_node_timers_promises_.setTimeout)((0,external_node_crypto_.randomInt)(10, 60));
    }
}
async function timedOut(path, timeoutMs) {
    const found = await look(path);
    const holder = found?.owner ? ` (process ${found.owner.pid} on ${found.owner.host})` : '';
    const message = `Another process${holder} kept the lock ${path} for more than ${timeoutMs} ms.`;
    return new file_problem/* FileProblem */.kc(message, { path, fix: 'Remove this lock file if no other job is running.' });
}
async function release(path, me) {
    const waiter = { me, staleMs: Number.POSITIVE_INFINITY, seen: new Map() };
    for (let attempt = 1; attempt <= 20 && (await look(path))?.id === me.token; attempt += 1) {
        if (await remove(path, me.token, waiter))
            return;
        await (0,external_node_timers_promises_.setTimeout)(10 * attempt);
    }
}
async function beat(path) {
    const now = new Date();
    await (0,promises_.utimes)(path, now, now).catch(() => undefined);
}

// EXTERNAL MODULE: ./build/src/disk/refresh-files.js
var refresh_files = __webpack_require__(2686);
// EXTERNAL MODULE: ./build/src/domain/environment.js
var environment = __webpack_require__(5411);
// EXTERNAL MODULE: ./build/src/domain/refresh-plan.js
var refresh_plan = __webpack_require__(6345);
// EXTERNAL MODULE: ./build/src/domain/step-stopped.js
var step_stopped = __webpack_require__(2830);
;// CONCATENATED MODULE: ./build/src/domain/failure.js
class CallFailed extends Error {
    failure;
    constructor(failure, options) {
        super(`${failure.operation} failed: ${failure.code}: ${failure.message}`, options);
        this.name = 'CallFailed';
        this.failure = failure;
    }
}
const deadlineCode = 'DeadlineExceeded';
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
function retryClass({ code, message, status }) {
    const row = rows.find(({ codes, message: words }) => codes.test(code) && (words?.test(message) ?? true));
    return row?.kind ?? (status !== undefined && status >= 500 ? 'busy' : 'never');
}
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
function retryDelay(attempts, random) {
    return Math.min(8_000, 250 * 2 ** (attempts - 1)) * (0.2 + 0.8 * random);
}

;// CONCATENATED MODULE: ./build/src/aws/retry.js


async function withRetries(what, { rules, signal, progress }, attempt) {
    for (let count = 1;; count += 1) {
        try {
            return await attempt(count);
        }
        catch (error) {
            if (!(error instanceof CallFailed) || signal.aborted || !mayRetry(error.failure, rules)) {
                throw error;
            }
            const { code, operation } = error.failure;
            const delay = retryDelay(count, Math.random());
            progress.info(`${what}: ${code}; trying again in ${(delay / 1000).toFixed(1)} s (attempt ${count} of ${rules.attempts}, ${retryClass(error.failure)})`);
            await pause(delay, { signal, operation, count });
        }
    }
}
async function pause(delay, { signal, operation, count }) {
    try {
        await (0,external_node_timers_promises_.setTimeout)(delay, undefined, { signal });
    }
    catch {
        throw new CallFailed({
            operation,
            code: deadlineCode,
            message: 'the deadline of the step passed',
            attempts: count,
        });
    }
}

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-sts/dist-cjs/index.js
var dist_cjs = __webpack_require__(1695);
// EXTERNAL MODULE: ./node_modules/@smithy/node-http-handler/dist-cjs/index.js
var node_http_handler_dist_cjs = __webpack_require__(1279);
;// CONCATENATED MODULE: ./build/src/aws/failure.js

function readFailure(error, { operation, attempt, isDeadline }) {
    if (error instanceof CallFailed) {
        return error;
    }
    const { name = 'Error', Code, code, message = '', $metadata } = (error ?? {});
    const status = $metadata?.httpStatusCode;
    const requestId = $metadata?.requestId;
    const isAws = status !== undefined;
    const plain = {
        operation,
        attempts: attempt,
        ...(isDeadline
            ? { code: deadlineCode, message: 'the deadline of the step passed' }
            : { code: isAws ? (Code ?? name) : (code ?? name), message: words(message) }),
        ...(isAws && Code !== undefined && Code !== name && { shape: name }),
        ...(status !== undefined && { status }),
        ...(requestId !== undefined && { requestId }),
    };
    return new CallFailed(unreadable(plain));
}
function unreadable(failure) {
    if (failure.status === undefined ||
        (failure.code !== 'Unknown' && failure.code !== 'Error' && !/^(Syntax|Type)Error$/.test(failure.code))) {
        return failure;
    }
    if (failure.status >= 500) {
        return { ...failure, code: `HTTP ${failure.status}`, message: 'the answer had no AWS error in it' };
    }
    return {
        ...failure,
        code: failure.status === 407 ? 'ProxyAuthenticationRequired' : 'NotAnStsAnswer',
        message: `HTTP ${failure.status}, and no AWS error in the answer`,
    };
}
function words(message) {
    const line = message.split('\n')[0] ?? '';
    return line.trim() === '' || line === 'UnknownError' || line === 'Unknown' ? '(AWS gave no message)' : line.trim();
}

;// CONCATENATED MODULE: ./build/src/aws/sts.js



const timeouts = { connection: 5_000, answer: 15_000 };
const globalHost = 'sts.amazonaws.com';
function openSts(place) {
    const requestHandler = new node_http_handler_dist_cjs.NodeHttpHandler({
        httpAgent: place.agents.http,
        httpsAgent: place.agents.https,
        connectionTimeout: timeouts.connection,
        requestTimeout: timeouts.answer,
        throwOnRequestTimeout: true,
    });
    return {
        send: async ({ operation, run, credentials, signal, attempt }) => {
            const client = new dist_cjs/* STSClient */.iM(clientConfig(place, requestHandler, credentials));
            const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(timeouts.answer + timeouts.connection)]);
            try {
                return await unlessAborted(run(client, { abortSignal }), abortSignal);
            }
            catch (error) {
                throw readFailure(error, { operation, attempt, isDeadline: signal.aborted });
            }
        },
    };
}
function clientConfig(place, requestHandler, credentials) {
    const isGlobal = place.endpoint !== undefined && new URL(place.endpoint).hostname === globalHost;
    return {
        region: isGlobal ? 'us-east-1' : place.region,
        ...(place.endpoint !== undefined && { endpoint: place.endpoint }),
        credentials: credentials ?? (() => Promise.reject(new Error('This call is not signed.'))),
        requestHandler,
        maxAttempts: 1,
        customUserAgent: [[...place.userAgent]],
    };
}
async function unlessAborted(work, signal) {
    let stop = () => { };
    const aborted = new Promise((_, reject) => {
        stop = () => reject(signal.reason);
        signal.addEventListener('abort', stop, { once: true });
    });
    try {
        return await Promise.race([work, aborted]);
    }
    finally {
        signal.removeEventListener('abort', stop);
    }
}

// EXTERNAL MODULE: ./build/src/domain/claims.js
var domain_claims = __webpack_require__(9581);
// EXTERNAL MODULE: ./build/src/domain/credentials.js
var domain_credentials = __webpack_require__(7224);
;// CONCATENATED MODULE: ./build/src/domain/guard.js
function guardFailure(accountId, { accountGuards, operation }) {
    const guard = accountGuards.find((ids) => !ids.includes(accountId));
    return (guard && {
        operation,
        code: 'AccountNotAllowed',
        message: `the session lies in account ${accountId}, and allowed-account-ids names only ${guard.join(', ')}`,
        attempts: 1,
    });
}

;// CONCATENATED MODULE: ./build/src/domain/hop-tree.js
function hopTrees(targets) {
    return groups(targets, ({ base }) => JSON.stringify(base)).map((group) => ({
        base: group[0].base,
        ...branches(group, 0),
    }));
}
function targetsOf(node) {
    return [...node.ends, ...node.children.flatMap(targetsOf)];
}
function branches(targets, depth) {
    const further = targets.filter(({ hops }) => hops.length > depth);
    const children = groups(further, ({ hops }) => hopKey(hops[depth])).map((group) => ({
        hop: group[0].hops[depth],
        ...branches(group, depth + 1),
    }));
    return { children, ends: targets.filter(({ hops }) => hops.length === depth) };
}
function hopKey({ where: _, ...call }) {
    return JSON.stringify(call);
}
function groups(items, keyOf) {
    const byKey = new Map();
    for (const item of items) {
        const key = keyOf(item);
        byKey.set(key, [...(byKey.get(key) ?? []), item]);
    }
    return [...byKey.values()];
}

// EXTERNAL MODULE: ./build/src/domain/identity.js
var domain_identity = __webpack_require__(2518);
// EXTERNAL MODULE: ./build/src/domain/log-lines.js
var log_lines = __webpack_require__(9578);
;// CONCATENATED MODULE: ./build/src/domain/partition.js
const audience = 'sts.amazonaws.com';
const partition_partitions = [
    {
        id: 'aws',
        regions: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
        defaultRegion: 'us-east-1',
        audience,
        console: 'signin.aws.amazon.com',
    },
    {
        id: 'aws-cn',
        regions: /^cn-\w+-\d+$/,
        defaultRegion: 'cn-northwest-1',
        audience: 'sts.amazonaws.com.cn',
        console: 'signin.amazonaws.cn',
    },
    {
        id: 'aws-us-gov',
        regions: /^us-gov-\w+-\d+$/,
        defaultRegion: 'us-gov-west-1',
        audience,
        console: 'signin.amazonaws-us-gov.com',
    },
    { id: 'aws-iso', regions: /^us-iso-\w+-\d+$/, defaultRegion: 'us-iso-east-1', audience, console: '' },
    { id: 'aws-iso-b', regions: /^us-isob-\w+-\d+$/, defaultRegion: 'us-isob-east-1', audience, console: '' },
    { id: 'aws-iso-e', regions: /^eu-isoe-\w+-\d+$/, defaultRegion: 'eu-isoe-west-1', audience, console: '' },
    { id: 'aws-iso-f', regions: /^us-isof-\w+-\d+$/, defaultRegion: 'us-isof-south-1', audience, console: '' },
    { id: 'aws-eusc', regions: /^eusc-(de)-\w+-\d+$/, defaultRegion: 'eusc-de-east-1', audience, console: '' },
];
function partition_partitionOf(id) {
    return partition_partitions.find((partition) => partition.id === id);
}
function partitionOfRegion(region) {
    return partition_partitions.find((partition) => partition.regions.test(region));
}

// EXTERNAL MODULE: ./build/src/domain/problem.js
var problem = __webpack_require__(3965);
;// CONCATENATED MODULE: ./build/src/domain/arn.js


const accountPattern = /^\d{12}$/;
const namePattern = /^[\w+=,.@-]{1,64}$/;
const pathPattern = /^\/([\x21-\x7e]+\/)?$/;
function isAccountId(text) {
    return accountPattern.test(text);
}
function roleArn(partition, accountId, { path, name }) {
    return { arn: `arn:${partition}:iam::${accountId}:role${path}${name}`, partition, accountId, path, name };
}
function parseRole(text, where) {
    return text.startsWith('arn:') ? parseRoleArn(text, where) : parseRoleName(text, where);
}
function isRoleArn(role) {
    return 'arn' in role;
}
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
    const problem = roleNameProblem(role, where);
    if (problem === undefined) {
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

;// CONCATENATED MODULE: ./build/src/aws/assume.js



async function assume(sts, attempt) {
    const { hop, signal } = attempt;
    const output = await sts.send({
        operation: hop.operation,
        run: (client, options) => call(client, attempt, options),
        ...('credentials' in attempt.signer && { credentials: attempt.signer.credentials }),
        signal,
        attempt: attempt.attempt,
    });
    return readSession(output, attempt);
}
async function callerIdentity(sts, { credentials, signal, attempt }) {
    const operation = 'GetCallerIdentity';
    const output = await sts.send({
        operation,
        run: (client, options) => client.send(new dist_cjs/* GetCallerIdentityCommand */.zI({}), options),
        credentials,
        signal,
        attempt,
    });
    if (!output.Arn || !output.Account) {
        throw incomplete(operation, attempt);
    }
    return { ...parseIdentityArn(output.Arn), accountId: output.Account };
}
function commonInput({ hop, role, durationSeconds }) {
    return {
        RoleArn: role.arn,
        DurationSeconds: durationSeconds,
        ...(hop.policy !== undefined && { Policy: hop.policy }),
        ...(hop.policyArns.length > 0 && { PolicyArns: hop.policyArns.map((arn) => ({ arn })) }),
    };
}
function signedInput(attempt) {
    const { hop, tags } = attempt;
    const transitive = hop.transitiveTagKeys.filter((key) => tags.some((tag) => tag.key.toLowerCase() === key.toLowerCase()));
    return {
        ...commonInput(attempt),
        RoleSessionName: hop.roleSessionName,
        ...(hop.externalId !== undefined && { ExternalId: hop.externalId }),
        ...(hop.sourceIdentity !== undefined && { SourceIdentity: hop.sourceIdentity }),
        ...(tags.length > 0 && { Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
        ...(transitive.length > 0 && { TransitiveTagKeys: transitive }),
    };
}
function call(client, attempt, options) {
    const { hop, signer } = attempt;
    if ('credentials' in signer) {
        return client.send(new dist_cjs/* AssumeRoleCommand */.QL(signedInput(attempt)), options);
    }
    if (hop.operation === 'AssumeRoleWithSAML') {
        const input = { ...commonInput(attempt), PrincipalArn: signer.providerArn, SAMLAssertion: signer.token };
        return client.send(new dist_cjs/* AssumeRoleWithSAMLCommand */.NB(input), options);
    }
    const input = { ...commonInput(attempt), RoleSessionName: hop.roleSessionName, WebIdentityToken: signer.token };
    return client.send(new dist_cjs/* AssumeRoleWithWebIdentityCommand */.WH(input), options);
}
function readSession(output, { hop, role, durationSeconds, droppedTags, attempt }) {
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = output.Credentials ?? {};
    const arn = output.AssumedRoleUser?.Arn;
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration || !arn) {
        throw incomplete(hop.operation, attempt);
    }
    return {
        hop,
        role,
        identity: parseIdentityArn(arn),
        credentials: {
            accessKeyId: AccessKeyId,
            secretAccessKey: SecretAccessKey,
            sessionToken: SessionToken,
            expiration: Expiration,
        },
        durationSeconds,
        ...(output.PackedPolicySize !== undefined && { packedPolicySize: output.PackedPolicySize }),
        droppedTags,
    };
}
function incomplete(operation, attempts) {
    return new CallFailed({
        operation,
        attempts,
        code: 'IncompleteAnswer',
        message: 'the answer holds no complete credentials',
    });
}

;// CONCATENATED MODULE: ./build/src/aws/base-credentials.js


const lastResortTimeout = 800;
async function baseCredentials(base, signal) {
    switch (base.kind) {
        case 'access-keys':
        case 'Environment':
            return { credentials: base.credentials };
        case 'EcsContainer':
            return provided('the container endpoint', signal, async () => (await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 8605, 19))).fromHttp({ timeout: 2_000, maxRetries: 2 })());
        case 'Ec2InstanceMetadata':
            return provided('the instance metadata service', signal, async () => (await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 566, 19))).fromInstanceMetadata({ timeout: 2_000, maxRetries: 2 })());
        case 'default-chain':
            return base.instanceOnly ? lastResort(signal) : defaultChain(base.profile, signal);
        default:
            throw new Error(`${base.kind} is a token, not credentials.`);
    }
}
function lastResort(signal) {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(lastResortTimeout)]);
    return provided('the instance metadata service', bounded, async () => (await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 566, 19))).fromInstanceMetadata({
        timeout: lastResortTimeout,
        maxRetries: 0,
    })());
}
function defaultChain(profile, signal) {
    const name = profile === undefined ? 'the default credential chain' : `the profile ${profile}`;
    return provided(name, signal, async () => (await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 5861, 19))).defaultProvider(profile === undefined ? {} : { profile })());
}
async function provided(name, signal, provide) {
    const aborted = new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('it did not answer in time')), { once: true });
    });
    try {
        return read(await Promise.race([provide(), aborted]));
    }
    catch (error) {
        const message = `${name} gave no credentials (${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'no reason given'})`;
        throw new CallFailed({ operation: 'GetCredentials', code: 'CredentialsNotFound', message, attempts: 1 });
    }
}
function read({ accessKeyId, secretAccessKey, sessionToken, expiration, $source = {} }) {
    const credentials = {
        accessKeyId,
        secretAccessKey,
        ...(sessionToken && { sessionToken }),
        ...(expiration && { expiration }),
    };
    if (!(0,domain_credentials/* areTemporary */.u)(credentials)) {
        return { credentials, chaining: 'no' };
    }
    if ('CREDENTIALS_IMDS' in $source) {
        return { credentials, chaining: 'unsure' };
    }
    return 'CREDENTIALS_HTTP' in $source ? { credentials, chaining: 'yes' } : { credentials };
}

;// CONCATENATED MODULE: ./build/src/aws/limit.js
function limitOf(most) {
    let running = 0;
    const waiting = [];
    return async (work) => {
        if (running >= most) {
            await new Promise((resolve) => waiting.push(resolve));
        }
        else {
            running += 1;
        }
        try {
            return await work();
        }
        finally {
            const next = waiting.shift();
            if (next === undefined) {
                running -= 1;
            }
            else {
                next();
            }
        }
    };
}

// EXTERNAL MODULE: ./build/src/domain/duration.js
var duration = __webpack_require__(4764);
// EXTERNAL MODULE: ./build/src/domain/hop.js
var domain_hop = __webpack_require__(6105);
;// CONCATENATED MODULE: ./build/src/domain/tags.js

const keyPattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const valuePattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
const unusable = /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu;
const maximumTags = 50;
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
const defaultKeys = ['GitHub', ...defaultSources.map(({ key }) => key)];
function defaultTags(environment) {
    const tags = defaultSources.flatMap(({ key, variable }) => {
        const value = environment[variable];
        return value ? [{ key, value: [...value.replace(unusable, '_')].slice(0, 256).join('') }] : [];
    });
    return [{ key: 'GitHub', value: 'Actions' }, ...tags];
}
function dropTags(tags) {
    const droppable = new Set(defaultSources.filter((source) => source.droppable).map(({ key }) => key));
    const dropped = tags.filter(({ key }) => droppable.has(key)).map(({ key }) => key);
    return { kept: tags.filter(({ key }) => !droppable.has(key)), dropped };
}
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
function protectedTagProblems(custom, where) {
    const taken = new Set(defaultKeys.map((key) => key.toLowerCase()));
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

;// CONCATENATED MODULE: ./build/src/aws/make-hop.js







const mostPlainAttempts = 12;
async function makeHop(hop, caller, services) {
    const role = resolveRole(hop, caller);
    refuseTooLong(hop, caller.chaining);
    const durations = (0,duration/* durationsToTry */.q)(hop.duration, caller.chaining);
    let state = { step: 0, tags: hop.tags, droppedTags: [], plain: 1 };
    for (;;) {
        const durationSeconds = durations[state.step] ?? durations[0];
        try {
            const session = await attempts({ hop, role, durationSeconds, tags: state.tags, droppedTags: state.droppedTags }, caller, services);
            if (!services.plainSecret || /^[A-Za-z0-9]+$/.test(session.credentials.secretAccessKey)) {
                return tellDuration(session, services);
            }
            if (state.plain >= mostPlainAttempts) {
                throw notPlain(hop, state.plain);
            }
            services.progress.mask([session.credentials.secretAccessKey, session.credentials.sessionToken ?? '']);
            state = { ...state, plain: state.plain + 1 };
        }
        catch (error) {
            const next = afterRefusal(error, { hop, state, durations }, services);
            if (next === undefined) {
                throw error;
            }
            state = { ...state, ...next };
        }
    }
}
function attempts(call, caller, services) {
    const { signal, sts, providerArn } = services;
    return withRetries((0,domain_hop/* roleText */.y)(call.role), services, async (attempt) => {
        const signer = caller.kind === 'credentials'
            ? { credentials: caller.credentials }
            : { token: await caller.token(attempt > 1), ...(providerArn !== undefined && { providerArn }) };
        return assume(sts, { ...call, signer, signal, attempt });
    });
}
function afterRefusal(error, { hop, state, durations, }, { progress }) {
    if (!(error instanceof CallFailed)) {
        return undefined;
    }
    const { code, message } = error.failure;
    const isTooLong = code === 'ValidationError' && /MaxSessionDuration|1 hour session limit/.test(message);
    if (isTooLong && state.step + 1 < durations.length) {
        return { step: /1 hour session limit/.test(message) ? durations.length - 1 : state.step + 1 };
    }
    if (/^PackedPolicyTooLarge/.test(code) && state.droppedTags.length === 0) {
        const { kept, dropped } = dropTags(state.tags);
        if (dropped.length > 0) {
            progress.warn(`${(0,domain_hop/* roleText */.y)(hop.role)}: AWS finds the session tags too large (${message}) Leaving out ${dropped.join(', ')} and asking once more.`);
            return { tags: kept, droppedTags: dropped };
        }
    }
    return undefined;
}
function resolveRole({ role, operation }, caller) {
    if (isRoleArn(role)) {
        return role;
    }
    const identity = caller.kind === 'credentials' ? caller.identity : undefined;
    if (identity === undefined) {
        throw new CallFailed({
            operation,
            code: 'RoleNotFound',
            message: `the account of the role ${(0,domain_hop/* roleText */.y)(role)} is not known`,
            attempts: 0,
        });
    }
    return roleArn(identity.partition, identity.accountId, role);
}
function refuseTooLong(hop, chaining) {
    const problem = (0,duration/* durationProblem */.YV)(hop.duration, chaining, hop.where);
    if (problem !== undefined) {
        throw new CallFailed({
            operation: hop.operation,
            code: 'DurationTooLong',
            message: `${problem.what}. ${problem.fix}`,
            attempts: 0,
        });
    }
}
function tellDuration(session, { progress }) {
    if (session.hop.duration === 'max') {
        progress.info(`${session.role.arn}: max is ${(0,duration/* durationText */.S5)(session.durationSeconds)} here.`);
    }
    return session;
}
function notPlain(hop, attempts) {
    const message = `${attempts} secrets in a row held other characters than letters and digits`;
    return new CallFailed({ operation: hop.operation, code: 'NoPlainSecret', message, attempts });
}

;// CONCATENATED MODULE: ./build/src/aws/walk.js












const mostCalls = 8;
async function walk(targets, services) {
    const limit = limitOf(mostCalls);
    const outcomes = await Promise.all(hopTrees(targets).map((tree) => walkTree(tree, { services, limit, base: tree.base })));
    const byTarget = new Map(outcomes.flat());
    return targets.map((target) => byTarget.get(target));
}
async function walkTree(tree, trail) {
    const { base, services, limit } = trail;
    const targets = targetsOf(tree);
    try {
        const walker = await limit(() => openBase(base, targets, services));
        const ends = tree.ends.map((target) => [target, baseOutcome(target, walker)]);
        const behind = await Promise.all(tree.children.map((node) => walkNode(node, walker, [], trail)));
        return [...ends, ...behind.flat()];
    }
    catch (error) {
        return targets.map((target) => [target, stopped({ target, sessions: [], failure: failureOf(error) })]);
    }
}
async function walkNode(node, walker, sessions, trail) {
    const { services, limit, base } = trail;
    try {
        const session = await limit(() => makeHop(node.hop, walker, {
            ...services,
            plainSecret: services.plainSecret && node.ends.length > 0,
            ...(base.kind === 'saml' && { providerArn: base.providerArn }),
        }));
        services.progress.mask((0,domain_credentials/* secretsOf */.F)(session.credentials));
        refuseStrangers(session);
        const made = [...sessions, session];
        services.progress.info((0,log_lines/* hopLine */.Wr)(session, { index: sessions.length, targets: targetsOf(node), caller: identityOf(walker), base }));
        const next = {
            kind: 'credentials',
            credentials: session.credentials,
            identity: session.identity,
            chaining: 'yes',
        };
        const behind = await Promise.all(node.children.map((child) => walkNode(child, next, made, trail)));
        const ends = node.ends.map((target) => [
            target,
            {
                kind: 'walked',
                walked: {
                    target,
                    sessions: made,
                    identity: session.identity,
                    credentials: session.credentials,
                    isKept: false,
                },
            },
        ]);
        return [...ends, ...behind.flat()];
    }
    catch (error) {
        const about = await aboutFailure(error, walker, trail);
        return targetsOf(node).map((target) => [target, stopped({ target, sessions, hop: node.hop, ...about })]);
    }
}
async function openBase(base, targets, services) {
    if (base.kind === 'oidc' || base.kind === 'web-identity' || base.kind === 'saml') {
        return { kind: 'token', token: (fresh) => services.token(base, fresh), chaining: 'no' };
    }
    const { credentials, chaining } = await baseCredentials(base, services.signal);
    services.progress.mask((0,domain_credentials/* secretsOf */.F)(credentials));
    const declared = (0,domain_identity/* firstHopChaining */.Nd)(base);
    const known = declared === 'ask' ? chaining : declared;
    const namesRole = targets.some(({ hops }) => hops[0] === undefined || !('arn' in hops[0].role));
    const isRoleOfMachine = base.kind === 'EcsContainer' ||
        base.kind === 'Ec2InstanceMetadata' ||
        (declared === 'ask' && known !== undefined && known !== 'no');
    if (!namesRole && (isRoleOfMachine || !(0,domain_credentials/* areTemporary */.u)(credentials))) {
        return { kind: 'credentials', credentials, chaining: known ?? 'no' };
    }
    const identity = await identify(credentials, namesRole, services);
    if (identity === undefined) {
        return { kind: 'credentials', credentials, chaining: known ?? 'yes' };
    }
    refuseHopeless(identity, targets);
    const isInstance = identity.kind === 'role-session' && /^i-[0-9a-f]{8,17}$/.test(identity.session);
    return { kind: 'credentials', credentials, identity, chaining: known ?? (isInstance ? 'unsure' : 'yes') };
}
async function identify(credentials, isNeeded, services) {
    try {
        return await withRetries('GetCallerIdentity', services, (attempt) => callerIdentity(services.sts, { credentials, signal: services.signal, attempt }));
    }
    catch (error) {
        const isUnknown = error instanceof CallFailed &&
            /^(InvalidAction|NotImplemented|UnknownOperation\w*|NotAnStsAnswer|HTTP 501)$/.test(error.failure.code);
        if (isUnknown && !isNeeded) {
            return undefined;
        }
        throw error;
    }
}
function refuseHopeless({ kind, arn }, targets) {
    const isHopeless = (kind === 'root' || kind === 'federated-user') && targets.some(({ hops }) => hops.length > 0);
    if (isHopeless) {
        const code = kind === 'root' ? 'RootCannotAssumeRoles' : 'FederationCannotAssumeRoles';
        throw new CallFailed({ operation: 'AssumeRole', code, message: `${arn} cannot assume a role`, attempts: 0 });
    }
}
function baseOutcome(target, walker) {
    const { credentials, identity } = walker;
    const failure = guardFailure(identity.accountId, {
        accountGuards: target.accountGuards,
        operation: 'GetCallerIdentity',
    });
    if (failure !== undefined) {
        return stopped({ target, sessions: [], caller: identity, failure });
    }
    return { kind: 'walked', walked: { target, sessions: [], identity, credentials, isKept: false } };
}
function refuseStrangers(session) {
    const failure = guardFailure(session.identity.accountId, session.hop);
    if (failure !== undefined) {
        throw new CallFailed(failure);
    }
}
async function aboutFailure(error, walker, { services, base }) {
    const failure = failureOf(error);
    if (walker.kind === 'token') {
        const claims = base.kind === 'saml' ? undefined : await services.token(base, false).then(domain_claims/* readClaims */.Ip, () => undefined);
        return { failure, ...(claims !== undefined && { claims }) };
    }
    const isRefusal = failure.status !== undefined && failure.status >= 400 && failure.status < 500;
    const asked = walker.identity ?? (isRefusal ? await whoIs(walker, services) : undefined);
    return { failure, ...(asked !== undefined && { caller: asked }) };
}
function whoIs({ credentials }, { sts, signal }) {
    return callerIdentity(sts, { credentials, signal, attempt: 1 }).catch(() => undefined);
}
function identityOf(walker) {
    return walker.kind === 'credentials' ? walker.identity : undefined;
}
function stopped(about) {
    return { kind: 'stopped', stopped: about };
}
function failureOf(error) {
    if (error instanceof CallFailed) {
        return error.failure;
    }
    throw error;
}

// EXTERNAL MODULE: ./build/src/disk/regular-file.js
var regular_file = __webpack_require__(7190);
;// CONCATENATED MODULE: ./build/src/disk/token-file.js




async function readTokenFile(path, limitBytes = 20_000) {
    const file = await (0,regular_file/* openIfPresent */.jn)(await inOwnFolder(path));
    if (file === undefined)
        throw absent(path);
    try {
        (0,regular_file/* refuseUnlessRegular */.vh)(path, await file.stat());
        const { bytesRead, buffer } = await readUpTo(file, limitBytes + 3);
        const token = (0,regular_file/* decode */.D4)(path, buffer.subarray(0, bytesRead)).replace(/\r?\n$/, '');
        if (token === '')
            throw new file_problem/* FileProblem */.kc(`${path} is empty.`, { path, fix: 'Wait until the token is in it.' });
        if (Buffer.byteLength(token) <= limitBytes)
            return token;
        const fix = 'Check that the path names the file with the token.';
        throw new file_problem/* FileProblem */.kc(`${path} is larger than ${limitBytes} bytes, the most AWS takes.`, { path, fix });
    }
    finally {
        await file.close();
    }
}
async function readUpTo(file, size) {
    const buffer = Buffer.alloc(size);
    let bytesRead = 0;
    for (let got = -1; got !== 0 && bytesRead < size; bytesRead += got) {
        got = (await file.read(buffer, bytesRead, size - bytesRead)).bytesRead;
    }
    return { bytesRead, buffer };
}
async function inOwnFolder(path) {
    const found = await (0,regular_file/* lstatIfPresent */.VO)(path);
    if (found === undefined)
        throw absent(path);
    if (!found.isSymbolicLink()) {
        (0,regular_file/* refuseUnlessRegular */.vh)(path, found);
        return path;
    }
    const target = await (0,promises_.realpath)(path).catch(() => undefined);
    if (target === undefined)
        throw absent(path);
    const inside = (0,external_node_path_.relative)(await (0,promises_.realpath)((0,external_node_path_.dirname)(path)), target);
    if (!(0,external_node_path_.isAbsolute)(inside) && inside.split(external_node_path_.sep)[0] !== '..')
        return target;
    const fix = 'Give the path of the file itself.';
    throw new file_problem/* FileProblem */.kc(`${path} is a symbolic link out of its own folder.`, { path, fix });
}
function absent(path) {
    return new file_problem/* FileProblem */.kc(`${path} does not exist.`, { path, fix: 'Check the path and that an earlier step made it.' });
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
;// CONCATENATED MODULE: ./build/src/domain/scalar.js

const booleans = {
    true: true,
    True: true,
    TRUE: true,
    false: false,
    False: false,
    FALSE: false,
};
function parseBoolean(text, where, report) {
    if (text === '') {
        return undefined;
    }
    const value = Object.hasOwn(booleans, text) ? booleans[text] : undefined;
    if (value === undefined) {
        report({ where, what: `${quote(text)} is not a boolean`, fix: `Write one of ${Object.keys(booleans).join(', ')}` });
    }
    return value;
}
function parseInteger(text, { where, minimum, maximum }, report) {
    if (text === '') {
        return undefined;
    }
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < minimum || value > maximum) {
        const range = `Write a whole number from ${minimum} to ${maximum}`;
        report({ where, what: `${quote(text)} is not a whole number in range`, fix: range });
        return undefined;
    }
    return value;
}
function scalar_parseList(text, where, report) {
    if (text === '') {
        return [];
    }
    const lines = text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n');
    const items = lines.flatMap((line, index) => {
        const isLast = index === lines.length - 1;
        return line.replace(isLast ? '' : /,\s*$/, '').split(',');
    });
    const trimmed = items.map((item) => item.trim());
    if (trimmed.includes('')) {
        report({ where, what: 'an item of the list is empty', fix: emptyItemFix });
    }
    return trimmed.filter((item) => item !== '');
}
const emptyItemFix = 'An unset matrix value, variable or secret is the usual cause (matrix.account in a job without that matrix): set it, or take the item out';

;// CONCATENATED MODULE: ./build/src/domain/proxy.js


function readProxy(proxyInput, exceptionsInput, environment, report) {
    const fromEnvironment = (name) => environment[name] || environment[name.toLowerCase()] || undefined;
    const https = proxyInput || fromEnvironment('HTTPS_PROXY') || fromEnvironment('HTTP_PROXY');
    const http = proxyInput || fromEnvironment('HTTP_PROXY');
    for (const [where, url] of [
        [proxyInput ? 'http-proxy' : 'HTTPS_PROXY', https],
        [proxyInput ? 'http-proxy' : 'HTTP_PROXY', http],
    ]) {
        if (url !== undefined && !isProxyUrl(url)) {
            report({
                where,
                what: 'the value is not the address of an http proxy',
                fix: 'Write it like http://proxy.example.com:3128',
            });
        }
    }
    const exceptions = exceptionsInput === '' ? (fromEnvironment('NO_PROXY') ?? '') : exceptionsInput;
    return {
        ...(https !== undefined && { https }),
        ...(http !== undefined && { http }),
        exceptions: parseList(exceptions.replaceAll(/[\s,]+/g, ',').replaceAll(/^,|,$/g, ''), 'no-proxy', report),
    };
}
function proxyFor(url, { https, http, exceptions }) {
    const proxy = url.protocol === 'https:' ? https : http;
    return proxy === undefined || exceptions.some((exception) => excepts(exception, url)) ? undefined : proxy;
}
function proxySecrets(proxy) {
    const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
    if (url === undefined || url.password === '') {
        return [];
    }
    return [...new Set([url.password, decode(url.password), `${url.username}:${url.password}`])];
}
function isProxyUrl(text) {
    return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}
function excepts(exception, url) {
    if (exception === '*') {
        return true;
    }
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    const [, name = '', onlyPort] = /^(\[.*\]|[^:]*|.*:.*:.*)(?::(\d+))?$/.exec(exception.replace(/^\*?\./, '')) ?? [];
    const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
    const wanted = name.replace(/^\[|\]$/g, '').toLowerCase();
    return (onlyPort === undefined || onlyPort === port) && (host === wanted || host.endsWith(`.${wanted}`));
}
function decode(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function proxyText(proxy) {
    return URL.canParse(proxy) ? quote(new URL(proxy).host) : 'the proxy';
}

;// CONCATENATED MODULE: ./build/src/net/agents.js



const options = { keepAlive: true, maxSockets: 16 };
async function openAgents(addresses, proxy) {
    const proxies = { http: proxyOf('http:', addresses, proxy), https: proxyOf('https:', addresses, proxy) };
    const http = proxies.http === undefined
        ? new external_node_http_.Agent(options)
        : new (await Promise.all(/* import() */[__webpack_require__.e(411), __webpack_require__.e(947)]).then(__webpack_require__.bind(__webpack_require__, 8947))).HttpProxyAgent(proxies.http, options);
    const https = proxies.https === undefined
        ? new external_node_https_.Agent(options)
        : new (await Promise.all(/* import() */[__webpack_require__.e(411), __webpack_require__.e(566)]).then(__webpack_require__.bind(__webpack_require__, 1566))).HttpsProxyAgent(proxies.https, options);
    return {
        http: http,
        https: https,
        close: () => {
            http.destroy();
            https.destroy();
        },
    };
}
function proxyOf(protocol, addresses, proxy) {
    return addresses
        .filter((address) => address.protocol === protocol)
        .map((address) => proxyFor(address, proxy))
        .find((found) => found !== undefined);
}

;// CONCATENATED MODULE: ./build/src/net/id-token.js



const answerTimeout = 10_000;
const operation = 'GetIdToken';
async function getIdToken({ requestUrl, requestToken, audience, agents, signal, attempt, }) {
    const url = new URL(requestUrl);
    url.searchParams.set('audience', audience);
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(answerTimeout)]);
    try {
        const { status, body } = await get(url, { requestToken, agents, signal: bounded });
        return readToken(status, body, attempt);
    }
    catch (error) {
        throw error instanceof CallFailed ? error : failed(error, attempt, signal.aborted);
    }
}
function get(url, { requestToken, agents, signal }) {
    const isHttps = url.protocol === 'https:';
    const headers = { accept: 'application/json', authorization: `Bearer ${requestToken}`, 'user-agent': 'assume-role' };
    return new Promise((resolve, reject) => {
        const send = isHttps ? external_node_https_.request : external_node_http_.request;
        const outgoing = send(url, { headers, signal, agent: isHttps ? agents.https : agents.http }, (incoming) => {
            const chunks = [];
            incoming.on('data', (chunk) => chunks.push(chunk));
            incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
            incoming.on('error', reject);
        });
        outgoing.on('error', reject);
        outgoing.end();
    });
}
function readToken(status, body, attempts) {
    if (status !== 200) {
        const code = status === 401 || status === 403 ? 'RequestTokenRefused' : `HTTP ${status}`;
        throw new CallFailed({
            operation,
            code,
            message: `the token service answered with HTTP ${status}`,
            status,
            attempts,
        });
    }
    let value;
    try {
        value = JSON.parse(body)?.value;
    }
    catch {
        value = undefined;
    }
    if (typeof value !== 'string' || value === '') {
        throw new CallFailed({
            operation,
            code: 'NoTokenInAnswer',
            message: 'the token service answered without a token',
            status,
            attempts,
        });
    }
    return value;
}
function failed(error, attempts, isDeadline) {
    const { code = '', name = 'Error', message = '', } = (error ?? {});
    const isTimeout = name === 'TimeoutError' || name === 'AbortError' || code === 'ABORT_ERR';
    if (isTimeout) {
        return isDeadline
            ? new CallFailed({ operation, code: 'DeadlineExceeded', message: 'the deadline of the step passed', attempts })
            : new CallFailed({
                operation,
                code: 'TimeoutError',
                message: `no complete answer within ${answerTimeout / 1000} s`,
                attempts,
            });
    }
    return new CallFailed({
        operation,
        code: typeof code === 'string' && code !== '' ? code : name,
        message: message.split('\n')[0] ?? '',
        attempts,
    });
}

// EXTERNAL MODULE: ./build/src/disk/private-file.js
var private_file = __webpack_require__(8859);
;// CONCATENATED MODULE: ./build/src/steps/machine.js






async function machineProfiles(environment) {
    const { configFile, credentialsFile } = awsFiles(environment);
    const texts = await Promise.all([configFile, credentialsFile].map(readQuietly));
    const sections = texts.flatMap((text) => readSections(text));
    return [...new Set(sections.map(({ name }) => name.replace(/^profile /, '')))];
}
function awsFiles(environment) {
    return sharedConfigPaths(environment, environment.HOME || environment.USERPROFILE || homedir());
}
function workspacePath(path, environment) {
    return (0,external_node_path_.isAbsolute)(path) ? path : (0,external_node_path_.join)(environment.GITHUB_WORKSPACE ?? process.cwd(), path);
}
async function readRoleChainFile(path, environment) {
    const text = await readIfPresent(workspacePath(path, environment));
    if (text === undefined) {
        const fix = 'Check the path, and that actions/checkout ran before this step';
        throw new InvalidRequest([{ where: 'role-chain-file', what: `there is no file ${path}`, fix }]);
    }
    return { path, text };
}
async function readQuietly(path) {
    try {
        return (await readIfPresent(path)) ?? '';
    }
    catch {
        return '';
    }
}

;// CONCATENATED MODULE: ./build/src/steps/walk-request.js













const userAgent = ['assume-role', '1'];
const webIdentityLimit = 20_000;
const assertionLimit = 100_000;
async function walkRequest(request, context) {
    const { progress, signal } = context;
    const { addresses, ...place } = stsPlace(request);
    const agents = await openAgents(addresses, request.proxy);
    try {
        const sts = openSts({ ...place, agents });
        const patience = { rules: request.retry, signal, progress };
        const token = tokenSource(agents, request, context);
        return await walk(request.targets, { ...patience, sts, token, plainSecret: request.plainSecret });
    }
    finally {
        agents.close();
    }
}
function stsPlace({ region: given, endpoint, targets, }) {
    const region = given ?? stsRegion(targets);
    const tokenServices = targets.flatMap(({ base }) => base.kind === 'oidc' && URL.canParse(base.requestUrl) ? [new URL(base.requestUrl)] : []);
    const addresses = [new URL(endpoint ?? `https://sts.${region}.amazonaws.com`), ...tokenServices];
    return { region, ...(endpoint !== undefined && { endpoint }), userAgent, addresses };
}
function stsRegion(targets) {
    const own = targets.find(({ region }) => region !== undefined)?.region;
    const role = targets.flatMap(({ hops }) => hops.map((hop) => hop.role)).find(isRoleArn);
    return own ?? partition_partitionOf(role?.partition ?? 'aws')?.defaultRegion ?? 'us-east-1';
}
function tokenSource(agents, { retry }, { environment, progress, signal }) {
    const kept = new Map();
    const fetched = async (base) => {
        const token = await fetchToken(base);
        progress.mask([token]);
        const claims = (0,domain_claims/* readClaims */.Ip)(token);
        if (claims !== undefined) {
            progress.info((0,log_lines/* tokenLine */.S2)(claims));
        }
        return token;
    };
    const fetchToken = (base) => {
        switch (base.kind) {
            case 'oidc':
                return withRetries('ID token', { rules: retry, signal, progress }, (attempt) => getIdToken({ ...base, agents, signal, attempt }));
            case 'web-identity':
                return tokenFile(workspacePath(base.tokenFile, environment), webIdentityLimit);
            case 'saml':
                return tokenFile(workspacePath(base.assertionFile, environment), assertionLimit);
            default:
                throw new Error(`${base.kind} has no token.`);
        }
    };
    return (base, fresh) => {
        const key = JSON.stringify(base);
        const before = fresh ? undefined : kept.get(key);
        const token = before ?? fetched(base);
        kept.set(key, token);
        return token;
    };
}
async function tokenFile(path, limit) {
    try {
        return await readTokenFile(path, limit);
    }
    catch (error) {
        if (!(error instanceof file_problem/* FileProblem */.kc)) {
            throw error;
        }
        throw new CallFailed({
            operation: 'ReadTokenFile',
            code: 'TokenFileUnreadable',
            message: `${error.message} ${error.fix}`,
            attempts: 1,
        });
    }
}

;// CONCATENATED MODULE: ./build/src/steps/refresh.js






const renewalSeconds = 50;
const silent = { mask: () => { }, info: () => { }, warn: () => { } };
async function refresh(plan, planPath, environment) {
    const started = Date.now();
    return withLock((0,refresh_files/* lockOf */.Vx)(planPath), { timeoutMs: renewalSeconds * 1000 }, async () => {
        const meanwhile = (0,refresh_plan/* servedFromCache */.gu)(await (0,refresh_files/* readCache */.xe)(planPath), plan.id, Date.now());
        return meanwhile ?? renew(plan, planPath, { environment, deadline: started + renewalSeconds * 1000 });
    });
}
async function renew(plan, planPath, { environment, deadline }) {
    becomeBase(plan);
    const signal = AbortSignal.timeout(Math.max(1, deadline - Date.now()));
    const context = { environment: { ...environment, GITHUB_WORKSPACE: plan.workspace }, progress: silent, signal };
    const [outcome] = await walkRequest((0,refresh_plan/* withCurrentToken */.NB)(plan, environment), context);
    if (outcome?.kind !== 'walked') {
        throw new step_stopped/* StepStopped */.i(outcome === undefined ? [] : [outcome.stopped]);
    }
    const { credentials } = outcome.walked;
    const cache = (0,refresh_plan/* refreshCache */.u5)(plan.id, { ...credentials, expiration: credentials.expiration ?? new Date(0) });
    const served = (0,refresh_plan/* servedFromCache */.gu)(cache, plan.id, Date.now());
    if (served === undefined) {
        throw new Error('The new session ends in less than 15 minutes; check the clock of this machine.');
    }
    await (0,refresh_files/* writeCache */.aR)(planPath, cache);
    return served;
}
function becomeBase({ identity }) {
    for (const name of environment/* identityVariables */.or) {
        delete process.env[name];
    }
    Object.assign(process.env, identity);
}


/***/ })

};
