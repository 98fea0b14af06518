"use strict";
exports.id = 382;
exports.ids = [382];
exports.modules = {

/***/ 5334:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ withRetries)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _domain_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1897);


/** Tries until it succeeds, the table of retries says stop, or the deadline passes; attempts count from 1. */
async function withRetries(what, { rules, signal, progress }, attempt) {
    for (let count = 1;; count += 1) {
        try {
            return await attempt(count);
        }
        catch (error) {
            if (!(error instanceof _domain_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .CallFailed */ .Ep) || signal.aborted || !(0,_domain_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .mayRetry */ .KO)(error.failure, rules)) {
                throw error;
            }
            const { code, operation } = error.failure;
            const delay = (0,_domain_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .retryDelay */ .a2)(count, Math.random());
            progress.info(`${what}: ${code}; trying again in ${(delay / 1000).toFixed(1)} s (attempt ${count} of ${rules.attempts}, ${(0,_domain_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .retryClass */ .JP)(error.failure)})`);
            await pause(delay, { signal, operation, count });
        }
    }
}
async function pause(delay, { signal, operation, count }) {
    try {
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(delay, undefined, { signal });
    }
    catch {
        throw new _domain_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .CallFailed */ .Ep({
            operation,
            code: _domain_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .deadlineCode */ .YV,
            message: 'the deadline of the step passed',
            attempts: count,
        });
    }
}


/***/ }),

/***/ 94:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openSts: () => (/* binding */ openSts)
});

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-sts/dist-cjs/index.js
var dist_cjs = __webpack_require__(1695);
// EXTERNAL MODULE: ./node_modules/@smithy/node-http-handler/dist-cjs/index.js
var node_http_handler_dist_cjs = __webpack_require__(1279);
// EXTERNAL MODULE: ./build/src/domain/failure.js
var failure = __webpack_require__(1897);
;// CONCATENATED MODULE: ./build/src/aws/failure.js

/** Reads what a failure says of itself: AWS's error, a network error or a deadline; the request never goes along. */
function readFailure(error, { operation, attempt, isDeadline }) {
    if (error instanceof failure/* CallFailed */.Ep) {
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
            ? { code: failure/* deadlineCode */.YV, message: 'the deadline of the step passed' }
            : { code: isAws ? (Code ?? name) : typeof code === 'string' ? code : name, message: words(message) }),
        ...(isAws && Code !== undefined && Code !== name && { shape: name }),
        ...(status !== undefined && { status }),
        ...(requestId !== undefined && { requestId }),
    };
    return new failure/* CallFailed */.Ep(unreadable(plain));
}
/** The SDK's stand-ins for an answer that was no STS answer. */
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
/** One line, without the SDK's own hints about its internals. */
function words(message) {
    const line = message.split('\n')[0] ?? '';
    return line.trim() === '' || line === 'UnknownError' || line === 'Unknown' ? '(AWS gave no message)' : line.trim();
}

// EXTERNAL MODULE: ./build/src/aws/within.js
var within = __webpack_require__(33);
;// CONCATENATED MODULE: ./build/src/aws/sts.js




/** Milliseconds until a connection stands, and until an answer is complete; a stalled call ends there. */
const timeouts = { connection: 5_000, answer: 15_000 };
const globalHost = 'sts.amazonaws.com';
/** Opens STS; nothing is asked until a command is sent. */
function openSts(place) {
    const requestHandler = new node_http_handler_dist_cjs.NodeHttpHandler({
        httpAgent: place.agents.http,
        httpsAgent: place.agents.https,
        connectionTimeout: timeouts.connection,
        requestTimeout: timeouts.answer,
        throwOnRequestTimeout: true,
    });
    // Milliseconds by which AWS's clock is ahead of this machine's: the SDK learns it from a refusal, and every later
    // attempt and hop needs it too.
    let systemClockOffset = 0;
    return {
        send: async ({ operation, run, credentials, signal, attempt }) => {
            const client = new dist_cjs/* STSClient */.iM({ ...clientConfig(place, requestHandler, credentials), systemClockOffset });
            try {
                return await (0,within/* within */.u)(timeouts.answer + timeouts.connection, signal, (abortSignal) => unlessAborted(run(client, { abortSignal }), abortSignal));
            }
            catch (error) {
                throw readFailure(error, { operation, attempt, isDeadline: signal.aborted });
            }
            finally {
                systemClockOffset = client.config.systemClockOffset;
            }
        },
    };
}
function clientConfig(place, requestHandler, credentials) {
    const isGlobal = place.endpoint !== undefined && new URL(place.endpoint).hostname === globalHost;
    return {
        // The global host takes signatures of one Region only, whatever Region the step is for.
        region: isGlobal ? 'us-east-1' : place.region,
        ...(place.endpoint !== undefined && { endpoint: place.endpoint }),
        credentials: credentials ?? (() => Promise.reject(new Error('This call is not signed.'))),
        requestHandler,
        // The walk retries by its own table, which knows tokens and deadlines.
        maxAttempts: 1,
        customUserAgent: [[...place.userAgent]],
    };
}
/** Ends the wait with the signal, also where an answer began and then stalled. */
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


/***/ }),

/***/ 9325:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  walk: () => (/* binding */ walk)
});

// EXTERNAL MODULE: ./build/src/domain/claims.js
var domain_claims = __webpack_require__(1282);
// EXTERNAL MODULE: ./build/src/domain/failure.js
var domain_failure = __webpack_require__(1897);
;// CONCATENATED MODULE: ./build/src/domain/guard.js
/** The failure of a session that lies in another account than its guards allow; undefined where it may be used. */
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
/** Brings targets together into trees: equal leading hops from an equal base are one node. */
function hopTrees(targets) {
    return groups(targets, ({ base }) => JSON.stringify(base)).map((group) => ({
        base: group[0].base,
        ...branches(group, 0),
    }));
}
/** Every target at or behind a node. */
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
/** What makes two hops the same call; where they were declared does not. */
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

// EXTERNAL MODULE: ./build/src/domain/log-lines.js
var log_lines = __webpack_require__(9999);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-sts/dist-cjs/index.js
var dist_cjs = __webpack_require__(1695);
// EXTERNAL MODULE: ./build/src/domain/arn.js
var domain_arn = __webpack_require__(3512);
;// CONCATENATED MODULE: ./build/src/aws/assume.js



/** Makes one hop, once; rejects with CallFailed. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
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
/** Asks whose credentials these are; AWS needs no permission for it. */
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
    return { ...(0,domain_arn/* parseIdentityArn */.Xl)(output.Arn), accountId: output.Account };
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
        identity: (0,domain_arn/* parseIdentityArn */.Xl)(arn),
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
    return new domain_failure/* CallFailed */.Ep({
        operation,
        attempts,
        code: 'IncompleteAnswer',
        message: 'the answer holds no complete credentials',
    });
}

;// CONCATENATED MODULE: ./build/src/aws/limit.js
/** Makes a limit of so many at a time. */
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

// EXTERNAL MODULE: ./build/src/domain/credentials.js
var domain_credentials = __webpack_require__(3109);
// EXTERNAL MODULE: ./build/src/domain/duration.js
var duration = __webpack_require__(6195);
// EXTERNAL MODULE: ./build/src/domain/hop.js
var domain_hop = __webpack_require__(816);
// EXTERNAL MODULE: ./build/src/domain/tags.js
var tags = __webpack_require__(550);
// EXTERNAL MODULE: ./build/src/aws/retry.js
var retry = __webpack_require__(5334);
;// CONCATENATED MODULE: ./build/src/aws/make-hop.js








const mostPlainAttempts = 12;
/** Makes one hop, and masks every session it is given at once: retries, steps down from `max`, and leaves droppable tags out where they are too large. */
async function makeHop(hop, caller, services) {
    const role = resolveRole(hop, caller);
    weighDuration(hop, caller.chaining, services);
    const durations = (0,duration/* durationsToTry */.q)(hop.duration, caller.chaining);
    let state = { step: 0, tags: hop.tags, droppedTags: [], plain: 1 };
    for (;;) {
        const durationSeconds = durations[state.step] ?? durations[0];
        try {
            const session = await attempts({ hop, role, durationSeconds, tags: state.tags, droppedTags: state.droppedTags }, caller, services);
            services.progress.mask((0,domain_credentials/* secretsOf */.F)(session.credentials));
            if (!services.plainSecret || /^[A-Za-z0-9]+$/.test(session.credentials.secretAccessKey)) {
                return tellDuration(session, services);
            }
            if (state.plain >= mostPlainAttempts) {
                throw notPlain(hop, state.plain);
            }
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
    return (0,retry/* withRetries */.L)((0,domain_hop/* roleText */.y)(call.role), services, async (attempt) => {
        const signer = caller.kind === 'credentials'
            ? { credentials: caller.credentials }
            : { token: await caller.token(attempt > 1), ...(providerArn !== undefined && { providerArn }) };
        return assume(sts, { ...call, signer, signal, attempt });
    });
}
/** What to change before asking once more, or undefined where the refusal stands. */
function afterRefusal(error, { hop, state, durations, }, { progress }) {
    if (!(error instanceof domain_failure/* CallFailed */.Ep)) {
        return undefined;
    }
    const { code, message } = error.failure;
    const isTooLong = code === 'ValidationError' && /MaxSessionDuration|1 hour session limit/.test(message);
    if (isTooLong && state.step + 1 < durations.length) {
        return { step: /1 hour session limit/.test(message) ? durations.length - 1 : state.step + 1 };
    }
    if (/^PackedPolicyTooLarge/.test(code) && state.droppedTags.length === 0) {
        const { kept, dropped } = (0,tags/* dropTags */.nB)(state.tags);
        if (dropped.length > 0) {
            progress.warn(`${(0,domain_hop/* roleText */.y)(hop.role)}: AWS finds the session tags too large (${message}) Leaving out ${dropped.join(', ')} and asking once more.`);
            return { tags: kept, droppedTags: dropped };
        }
    }
    return undefined;
}
/** A role by name lies in the account of whoever makes the hop. */
function resolveRole({ role, operation }, caller) {
    if ((0,domain_arn/* isRoleArn */.GW)(role)) {
        return role;
    }
    const identity = caller.kind === 'credentials' ? caller.identity : undefined;
    if (identity === undefined) {
        throw new domain_failure/* CallFailed */.Ep({
            operation,
            code: 'RoleNotFound',
            message: `the account of the role ${(0,domain_hop/* roleText */.y)(role)} is not known`,
            attempts: 0,
        });
    }
    return (0,domain_arn/* roleArn */.w3)(identity.partition, identity.accountId, role);
}
/** Where only the credentials told whether the hop is chained, its duration is weighed now, still before the call. */
function weighDuration(hop, chaining, { progress }) {
    const problem = (0,duration/* durationProblem */.YV)(hop.duration, chaining, hop.where);
    if (problem !== undefined) {
        throw new domain_failure/* CallFailed */.Ep({
            operation: hop.operation,
            code: 'DurationTooLong',
            message: `${problem.what}. ${problem.fix}`,
            attempts: 0,
        });
    }
    const warning = (0,duration/* durationWarning */.pH)(hop.duration, chaining, hop.where);
    if (warning !== undefined) {
        progress.warn(warning);
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
    return new domain_failure/* CallFailed */.Ep({ operation: hop.operation, code: 'NoPlainSecret', message, attempts });
}

// EXTERNAL MODULE: ./build/src/domain/identity.js
var domain_identity = __webpack_require__(5193);
// EXTERNAL MODULE: ./build/src/aws/within.js
var within = __webpack_require__(33);
;// CONCATENATED MODULE: ./build/src/aws/base-credentials.js



/** Milliseconds for the metadata service where it is the only thing left to ask; on an instance it answers in a few. */
const lastResortTimeout = 800;
/** Gets the credentials of a base that is not a token; rejects with CallFailed. Providers are loaded only when asked. */
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
            if (base.profile !== undefined) {
                return profileCredentials(base.profile, signal);
            }
            return base.instanceOnly ? lastResort(signal) : defaultChain(signal);
        default:
            throw new Error(`${base.kind} is a token, not credentials.`);
    }
}
function lastResort(signal) {
    const options = { timeout: lastResortTimeout, maxRetries: 0 };
    return (0,within/* within */.u)(lastResortTimeout, signal, (bounded) => provided('the instance metadata service', bounded, async () => (await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 566, 19))).fromInstanceMetadata(options)()));
}
function defaultChain(signal) {
    return provided('the default credential chain', signal, async () => (await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 5861, 19))).defaultProvider()());
}
/** A named profile stands for itself: the default chain would go on to the instance metadata service without it. */
function profileCredentials(profile, signal) {
    return provided(`the profile ${profile}`, signal, async () => (await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 5869, 19))).fromIni({ profile })());
}
async function provided(name, signal, provide) {
    const aborted = new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('it did not answer in time')), { once: true });
    });
    try {
        return read(await Promise.race([provide(), aborted]));
    }
    catch (error) {
        // A provider's own time limit ends with a TimeoutError; any other end of the signal is the step's deadline.
        const isDeadline = signal.aborted && signal.reason?.name !== 'TimeoutError';
        const message = isDeadline
            ? `the deadline of the step passed while ${name} was asked`
            : `${name} gave no credentials (${reasonOf(error)})`;
        const code = isDeadline ? domain_failure/* deadlineCode */.YV : 'CredentialsNotFound';
        throw new domain_failure/* CallFailed */.Ep({ operation: 'GetCredentials', code, message, attempts: 1 });
    }
}
/** A failed process is told without its command line, which somebody may have put a secret into. */
function reasonOf(error) {
    const line = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'no reason given';
    return line.startsWith('Command failed') ? 'its credential_process failed' : line;
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

;// CONCATENATED MODULE: ./build/src/aws/open-base.js






/**
 * Opens a base identity: a token is asked for by the hop itself; credentials are found and, only where the answer decides
 * something, asked who they are.
 */
async function openBase(base, targets, services) {
    if (base.kind === 'oidc' || base.kind === 'web-identity' || base.kind === 'saml') {
        return { kind: 'token', token: (fresh) => services.token(base, fresh), chaining: 'no' };
    }
    const { credentials, chaining } = await baseCredentials(base, services.signal);
    services.progress.mask((0,domain_credentials/* secretsOf */.F)(credentials));
    const declared = (0,domain_identity/* firstHopChaining */.Nd)(base);
    const known = declared === 'ask' ? chaining : declared;
    const needsAccount = targets.some(({ hops }) => hops[0] === undefined || !('arn' in hops[0].role));
    if (!needsAccount && isSettled(base, known, credentials)) {
        return { kind: 'credentials', credentials, chaining: known ?? 'no' };
    }
    const identity = await identify(credentials, needsAccount, services);
    if (identity === undefined) {
        return { kind: 'credentials', credentials, chaining: known ?? 'yes' };
    }
    refuseHopeless(identity, targets);
    const isInstance = identity.kind === 'role-session' && /^i-[0-9a-f]{8,17}$/.test(identity.session);
    return { kind: 'credentials', credentials, identity, chaining: known ?? (isInstance ? 'unsure' : 'yes') };
}
/** Long-term keys and the roles of machines need no further question; other sessions may be ones that cannot assume roles. */
function isSettled({ kind }, known, credentials) {
    const isMachine = kind === 'EcsContainer' || kind === 'Ec2InstanceMetadata';
    return isMachine || !(0,domain_credentials/* areTemporary */.u)(credentials) || (kind === 'default-chain' && known !== undefined);
}
/** An STS of another make may not know the question; the walk goes on where nothing hangs on the answer. */
async function identify(credentials, isNeeded, services) {
    try {
        return await (0,retry/* withRetries */.L)('GetCallerIdentity', services, (attempt) => callerIdentity(services.sts, { credentials, signal: services.signal, attempt }));
    }
    catch (error) {
        if (error instanceof domain_failure/* CallFailed */.Ep && foreignCodes.test(error.failure.code) && !isNeeded) {
            return undefined;
        }
        throw error;
    }
}
const foreignCodes = /^(InvalidAction|NotImplemented|UnknownOperation\w*|NotAnStsAnswer|HTTP 501)$/;
/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: neither root nor a federation session may call it. */
function refuseHopeless({ kind, arn }, targets) {
    const isHopeless = (kind === 'root' || kind === 'federated-user') && targets.some(({ hops }) => hops.length > 0);
    if (isHopeless) {
        const code = kind === 'root' ? 'RootCannotAssumeRoles' : 'FederationCannotAssumeRoles';
        throw new domain_failure/* CallFailed */.Ep({ operation: 'AssumeRole', code, message: `${arn} cannot assume a role`, attempts: 0 });
    }
}

;// CONCATENATED MODULE: ./build/src/aws/walk.js









/** AWS calls under way at a time. */
const mostCalls = 8;
/** Walks every target: shared hops once, the rest in parallel. Resolves to how each target ended, in their order. */
async function walk(targets, services) {
    const limit = limitOf(mostCalls);
    const ended = await Promise.all(hopTrees(targets).map((tree) => walkTree(tree, openTrail(tree.base, services, limit))));
    const byTarget = new Map(ended.flat());
    return targets.map((target) => byTarget.get(target));
}
function openTrail(base, services, limit) {
    let asked;
    const ask = (credentials, sts) => limit(() => callerIdentity(sts, { credentials, signal: services.signal, attempt: 1 })).catch(() => undefined);
    const whoIsBase = (credentials, sts) => {
        asked ??= ask(credentials, sts);
        return asked;
    };
    return { services, limit, base, whoIsBase };
}
async function walkTree(tree, trail) {
    const { base, services, limit } = trail;
    const targets = targetsOf(tree);
    let walker;
    try {
        walker = await limit(() => openBase(base, targets, { ...services, sts: services.stsFor(leader(tree)) }));
    }
    catch (error) {
        const failure = failureOf(error);
        return targets.map((target) => [target, stopped({ target, sessions: [], failure })]);
    }
    const ends = tree.ends.map((target) => [target, baseOutcome(target, walker)]);
    const behind = await Promise.all(tree.children.map((node) => walkNode(node, { walker, sessions: [] }, trail)));
    return [...ends, ...behind.flat()];
}
async function walkNode(node, { walker, sessions }, trail) {
    let session;
    try {
        session = await take(node, walker, trail);
    }
    catch (error) {
        const about = await aboutFailure(error, { walker, sts: trail.services.stsFor(leader(node)), trail });
        return targetsOf(node).map((target) => [target, stopped({ target, sessions, hop: node.hop, ...about })]);
    }
    const caller = walker.kind === 'credentials' ? walker.identity : undefined;
    const place = { index: sessions.length, targets: targetsOf(node), caller, base: trail.base };
    trail.services.progress.info((0,log_lines/* hopLine */.Wr)(session, place));
    const { identity, credentials } = session;
    const reached = {
        walker: { kind: 'credentials', identity, credentials, chaining: 'yes' },
        sessions: [...sessions, session],
    };
    const ends = node.ends.map((target) => [
        target,
        { kind: 'walked', walked: { target, sessions: reached.sessions, identity, credentials, isKept: false } },
    ]);
    const behind = await Promise.all(node.children.map((child) => walkNode(child, reached, trail)));
    return [...ends, ...behind.flat()];
}
/** Makes the hop of a node, and holds its session against the account guards. */
async function take(node, walker, { services, limit, base }) {
    const hopServices = {
        ...services,
        sts: services.stsFor(leader(node)),
        plainSecret: services.plainSecret && node.ends.length > 0,
        ...(base.kind === 'saml' && { providerArn: base.providerArn }),
    };
    const session = await limit(() => makeHop(node.hop, walker, hopServices));
    const failure = guardFailure(session.identity.accountId, session.hop);
    if (failure !== undefined) {
        throw new domain_failure/* CallFailed */.Ep(failure);
    }
    return session;
}
/** The target in whose Region a shared hop is asked for. */
function leader(node) {
    return targetsOf(node)[0];
}
/** A target without hops wants the base identity itself: proven, and weighed against its guard. */
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
/** Who called, and what the token said, for the explanation; asked only now, because a hop that succeeds needs neither. */
async function aboutFailure(error, { walker, sts, trail }) {
    const { services, base, whoIsBase } = trail;
    const failure = failureOf(error);
    if (walker.kind === 'token') {
        const claims = base.kind === 'saml' ? undefined : await services.token(base, false).then(domain_claims/* readClaims */.Ip, () => undefined);
        return { failure, ...(claims !== undefined && { claims }) };
    }
    const isRefusal = failure.status !== undefined && failure.status >= 400 && failure.status < 500;
    const caller = walker.identity ?? (isRefusal ? await whoIsBase(walker.credentials, sts) : undefined);
    return { failure, ...(caller !== undefined && { caller }) };
}
function stopped(about) {
    return { kind: 'stopped', stopped: about };
}
/** Anything else than a failed call is a mistake of this program, and is not hidden. */
function failureOf(error) {
    if (error instanceof domain_failure/* CallFailed */.Ep) {
        return error.failure;
    }
    throw error;
}


/***/ }),

/***/ 33:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ within)
/* harmony export */ });
/**
 * Runs work under a signal that fires with another one, or after so many milliseconds. The platform's own
 * AbortSignal.timeout is not enough: Node 20 may collect it before it fires.
 */
async function within(milliseconds, signal, work) {
    const limit = new AbortController();
    const message = `no complete answer within ${milliseconds / 1000} s`;
    const timer = setTimeout(() => limit.abort(new DOMException(message, 'TimeoutError')), milliseconds);
    try {
        return await work(AbortSignal.any([signal, limit.signal]));
    }
    finally {
        clearTimeout(timer);
    }
}


/***/ }),

/***/ 7382:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  refresh: () => (/* binding */ refresh)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/src/disk/file-problem.js
var file_problem = __webpack_require__(900);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/src/disk/regular-file.js



// Windows has neither flag; there the look before the opening has to do.
const readFlags = external_node_fs_.constants.O_RDONLY | (external_node_fs_.constants.O_NOFOLLOW ?? 0) | (external_node_fs_.constants.O_NONBLOCK ?? 0);
/** What stands at a path, symlinks not followed, or `undefined`. Synchronous: most often there is nothing, and an answer from Node's threads takes longer than all the rest of the step's preparation. */
async function lstatIfPresent(path) {
    return (0,external_node_fs_.lstatSync)(path, { throwIfNoEntry: false });
}
/** Opens a file for reading, never through a symlink and never waiting for a pipe, or `undefined` if there is none. */
async function regular_file_openIfPresent(path) {
    return (0,promises_.open)(path, readFlags).catch((cause) => {
        if ((0,file_problem/* codeOf */.$N)(cause) === 'ENOENT')
            return undefined;
        const fix = 'Let the user the job runs as read it.';
        throw (0,file_problem/* asFileProblem */.ux)(cause, `${path} cannot be read`, { path, fix });
    });
}
/** Throws a `FileProblem` on a symlink, folder, pipe or device. */
function regular_file_refuseUnlessRegular(path, found) {
    if (found.isFile())
        return;
    const what = found.isSymbolicLink() ? 'a symbolic link' : 'no regular file';
    throw new file_problem/* FileProblem */.kc(`${path} is ${what}.`, { path, fix: 'Put a regular file in its place, or give another path.' });
}
/** Reads bytes as UTF-8, byte order mark kept; a `FileProblem`, never with a byte of them, if they are none. */
function regular_file_decode(path, bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    }
    catch {
        throw new file_problem/* FileProblem */.kc(`${path} is not UTF-8 text.`, { path, fix: 'Save the file as UTF-8.' });
    }
}

;// CONCATENATED MODULE: ./build/src/disk/folder.js




const mayWrite = 'Let the user the job runs as write there.';
/** Makes a folder and those above it with mode 0700; answers the ones it made, the deepest first; refuses symlinks. */
async function ensureFolder(folder) {
    const path = (0,external_node_path_.resolve)(folder);
    const made = new Set();
    // More than once where another job removes the folder, empty for a moment, under our hands.
    for (let attempt = 1; attempt <= 10; attempt += 1) {
        for (const each of await makeFolders(path))
            made.add(each);
        const found = await lstatIfPresent(path);
        if (found?.isDirectory())
            return [...made];
        if (found === undefined)
            continue;
        const what = found.isSymbolicLink() ? 'a symbolic link' : 'no folder';
        throw new file_problem/* FileProblem */.kc(`${path} is ${what}.`, { path, fix: 'Put a real folder in its place.' });
    }
    throw new file_problem/* FileProblem */.kc(`The folder ${path} cannot be made.`, { path, fix: mayWrite });
}
// One by one, as only so it is certain which of them were not there before.
async function makeFolders(path) {
    const above = (0,external_node_path_.dirname)(path);
    const first = await makeFolder(path);
    if (first !== 'nothing above' || above === path)
        return first === 'made' ? [path] : [];
    const madeAbove = await makeFolders(above);
    return (await makeFolder(path)) === 'made' ? [path, ...madeAbove] : madeAbove;
}
async function makeFolder(path) {
    try {
        await (0,promises_.mkdir)(path, { mode: 0o700 });
        return 'made';
    }
    catch (error) {
        if ((0,file_problem/* codeOf */.$N)(error) === 'EEXIST')
            return 'there';
        if ((0,file_problem/* codeOf */.$N)(error) === 'ENOENT')
            return 'nothing above';
        throw (0,file_problem/* asFileProblem */.ux)(error, `The folder ${path} cannot be made`, { path, fix: mayWrite });
    }
}
/** Removes a folder if nothing is in it; answers whether it did. */
async function folder_removeFolderIfEmpty(folder) {
    return (0,promises_.rmdir)(folder).then(() => true, () => false);
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./build/src/disk/lock-file.js




/** Makes the lock file ours if there is none; a folder that vanished meanwhile counts as busy. */
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
// Windows answers EPERM, EACCES or EBUSY for a file that is just being removed.
function isBusy(error) {
    const code = (0,file_problem/* codeOf */.$N)(error) ?? '';
    if (['EEXIST', 'ENOENT'].includes(code))
        return true;
    return process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code);
}
/** Reads a lock file, or `undefined` if there is none just now. */
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
/** Removes a lock file whose owner is dead; answers whether it did. */
async function evictIfDead(path, waiter) {
    const found = await look(path);
    if (found === undefined || !isDead(path, found, waiter))
        return false;
    return remove(path, found.id, waiter);
}
// Only what changes while we watch tells life from death: clocks of two machines may differ.
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
/**
 * Removes the lock file if it is still the one with this id. Whoever removes it, its owner included, first makes a
 * claim named after the id: so between the look and the removal it cannot have become somebody else's. A claim is a
 * lock file too, and a dead one is removed the same way.
 */
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
/** Names the machine whose process numbers we can look up. */
function thisHost() {
    // Containers on the host's network share its name but not its process numbers.
    try {
        return `${(0,external_node_os_.hostname)()} ${(0,external_node_fs_.readlinkSync)('/proc/self/ns/pid')}`;
    }
    catch {
        return (0,external_node_os_.hostname)();
    }
}

;// CONCATENATED MODULE: ./build/src/disk/lock.js







/**
 * Runs an action while no other process runs one under the same lock file. The file goes when the action ends, well or
 * not; one left by a killed process is taken over, at once on the same machine, else after `staleMs` (10 000) without a
 * heartbeat. Throws a `FileProblem` after `timeoutMs` (60 000). The action is told which folders were made for the lock.
 */
async function lock_withLock(path, options, action) {
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
                await folder_removeFolderIfEmpty(folder);
    }
}
async function acquire(path, waiter, timeoutMs) {
    const deadline = performance.now() + timeoutMs;
    const createdFolders = new Set();
    for (;;) {
        for (const folder of await ensureFolder((0,external_node_path_.dirname)(path)))
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
    // More than one try only on Windows, while a waiter has the file open.
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
var refresh_files = __webpack_require__(483);
;// CONCATENATED MODULE: ./build/src/disk/private-file.js








const privateMode = 0o600;
const temporaryMark = '.assume-role-tmp';
/** Reads a UTF-8 text, byte order mark kept, or `undefined` if there is none; refuses symlinks and non-regular files. */
async function private_file_readIfPresent(path) {
    if ((await regularFile(path)) === undefined)
        return undefined;
    const file = await openIfPresent(path);
    if (file === undefined)
        return undefined;
    try {
        refuseUnlessRegular(path, await file.stat());
        return decode(path, await file.readFile());
    }
    finally {
        await file.close();
    }
}
/**
 * Replaces a file in one step (temporary file, fsync, rename) with nobody else able to read it: mode 0600, or the
 * file's own if that is stricter. Makes missing folders with mode 0700 and answers which, the deepest first. Refuses
 * symlinks at the path and its folder, non-regular files and, unless root, files of another user.
 */
async function private_file_writePrivate(path, text) {
    const folder = (0,external_node_path_.dirname)((0,external_node_path_.resolve)(path));
    const createdFolders = await ensureFolder(folder);
    const existing = await regularFile(path);
    if (existing !== undefined)
        refuseForeign(path, existing);
    const temporary = (0,external_node_path_.join)(folder, `.${(0,external_node_path_.basename)(path)}.${(0,external_node_crypto_.randomBytes)(8).toString('hex')}${temporaryMark}`);
    try {
        await writeNew(temporary, text, existing);
        await insist(() => (0,promises_.rename)(temporary, path));
    }
    catch (error) {
        await (0,promises_.unlink)(temporary).catch(() => undefined);
        const fix = 'Let the user the job runs as write to its folder, and check that the disk has room.';
        throw (0,file_problem/* asFileProblem */.ux)(error, `${path} cannot be written`, { path, fix });
    }
    await syncFolder(folder);
    return { createdFolders };
}
/** Removes a file, or the symlink that took its place; answers whether there was one. */
async function private_file_removePrivate(path) {
    try {
        await insist(() => unlink(path));
        return true;
    }
    catch (error) {
        if (codeOf(error) === 'ENOENT')
            return false;
        throw error;
    }
}
/** Removes what a killed writer of this file left behind; only for whoever holds the file's lock. */
async function private_file_removeLeftovers(path) {
    const folder = dirname(resolve(path));
    const names = await readdir(folder).catch(() => []);
    const left = names.filter((name) => name.startsWith(`.${basename(path)}.`) && name.endsWith(temporaryMark));
    for (const name of left)
        await private_file_removePrivate(join(folder, name));
}
async function writeNew(path, text, existing) {
    const file = await (0,promises_.open)(path, 'wx', privateMode);
    try {
        await file.writeFile(text);
        if (existing !== undefined && process.platform !== 'win32')
            await takeAfter(file, existing);
        await file.sync();
    }
    finally {
        await file.close();
    }
}
async function takeAfter(file, existing) {
    // Root in a container job writes the runner user's file; it stays that user's.
    if (existing.uid !== process.getuid?.())
        await file.chown(existing.uid, existing.gid);
    await file.chmod(existing.mode & privateMode);
}
async function regularFile(path) {
    const found = await lstatIfPresent(path);
    if (found !== undefined)
        regular_file_refuseUnlessRegular(path, found);
    return found;
}
function refuseForeign(path, existing) {
    const user = process.getuid?.();
    if (user === undefined || user === 0 || user === existing.uid)
        return;
    const fix = 'Give the file to the user the job runs as, or give another path.';
    throw new file_problem/* FileProblem */.kc(`${path} belongs to another user.`, { path, fix });
}
// On Windows a virus scanner or another reader may hold a file for a moment.
async function insist(act) {
    for (let attempt = 1;; attempt += 1) {
        try {
            return await act();
        }
        catch (error) {
            const passing = ['EPERM', 'EACCES', 'EBUSY'].includes((0,file_problem/* codeOf */.$N)(error) ?? '');
            if (process.platform !== 'win32' || !passing || attempt === 10)
                throw error;
            await (0,external_node_timers_promises_.setTimeout)(20 * attempt);
        }
    }
}
async function syncFolder(folder) {
    if (process.platform === 'win32')
        return;
    const handle = await (0,promises_.open)(folder, external_node_fs_.constants.O_RDONLY).catch(() => undefined);
    await handle?.sync().catch(() => undefined);
    await handle?.close();
}

;// CONCATENATED MODULE: ./build/src/disk/refresh-folder.js





/** The folder of one step's plans and caches: private, under the job's own temporary folder. */
const folderName = /^assume-role-[0-9a-f-]{36}$/;
/** Where the folder of a step with this id lies. */
function refreshFolder(temporary, id) {
    return join(temporary, `assume-role-${id}`);
}
/** The plan file of a target in a step's folder. */
function planFile(folder, index) {
    return join(folder, `plan-${index}.json`);
}
/** The lock under which a plan is walked again. */
function lockOf(planPath) {
    return `${planPath}.lock`;
}
/** Writes a plan, for its owner only. */
async function writePlan(path, plan) {
    await writePrivate(path, JSON.stringify(plan));
}
/** Writes the cache of a plan, for its owner only; throws, and leaves nothing, where the plan is gone meanwhile. */
async function writeCache(planPath, cache) {
    await private_file_writePrivate((0,refresh_files/* cacheFile */.NJ)(planPath), JSON.stringify(cache));
    if (!(0,external_node_fs_.existsSync)(planPath)) {
        await removeRefreshFolder((0,external_node_path_.dirname)(planPath));
        throw (0,refresh_files/* planIsGone */.dq)(planPath);
    }
}
/** Removes a step's folder with everything in it; refuses a folder of another name. */
async function removeRefreshFolder(folder) {
    if (folderName.test((0,external_node_path_.basename)(folder))) {
        // On Windows a file that somebody still reads goes a moment later; and a renewal under way may still write.
        await (0,promises_.rm)(folder, { recursive: true, force: true, maxRetries: 10 });
    }
}

;// CONCATENATED MODULE: ./build/src/domain/ini-splice.js


const secretKeys = new Set([
    'aws_access_key_id',
    'aws_secret_access_key',
    'aws_session_token',
    'credential_process',
]);
/** Writes several sections, one after the other; throws before anything is done on what cannot be written. */
function setSections(text, writes, fingerprint) {
    const undo = [];
    let current = text;
    for (const write of writes) {
        const splice = setSection(current, write, fingerprint);
        current = splice.text;
        undo.push(splice.undo);
    }
    return { text: current, undo };
}
/** Replaces a section and all its duplicates, or appends it, touching no other byte; throws on what cannot be written. */
function setSection(text, write, fingerprint) {
    const name = normalName(write.name);
    const newline = /\r?\n/.exec(text)?.[0] ?? '\n';
    const ours = write.entries === null ? null : renderSection(write.name, write.entries, newline);
    const cleared = removeAfter(text, name, ours === null ? 0 : 1);
    const put = ours === null ? { text: cleared.text, original: null } : putBlock(cleared.text, { name, ours, newline });
    return {
        text: put.text,
        undo: {
            name,
            ours: ours === null ? null : fingerprint(ours),
            original: put.original,
            newline,
            removed: cleared.removed,
            secrets: ini_splice_secretsOf(ours ?? '').map(fingerprint),
        },
    };
}
function putBlock(text, block) {
    const lines = linesOf(text);
    const existing = blocksOf(lines).find(({ name }) => name === block.name);
    if (existing !== undefined) {
        const { start, end } = ini_splice_span(lines, existing);
        return { text: text.slice(0, start) + block.ours + text.slice(end), original: text.slice(start, end) };
    }
    // The file keeps its way of ending, with or without a newline, so that parallel appends come out in any order.
    const open = lines.length > 0 && !text.endsWith('\n');
    return { text: open ? text + block.newline + block.ours : text + block.ours + block.newline, original: null };
}
// From the last to the first, so that putting them back from the first to the last finds each place as it was left.
function removeAfter(text, name, keep) {
    const lines = linesOf(text);
    const blocks = blocksOf(lines);
    const named = blocks.filter((block) => block.name === name);
    const last = named.at(-1);
    if (last === undefined || named.length <= keep)
        return { text, removed: [] };
    const cut = ini_splice_removeBlock(text, lines, last);
    const block = {
        text: cut.removed,
        newline: cut.newline,
        newlineSide: cut.newlineSide,
        after: placeBelow(lines, blocks, last),
        linesBelow: last.until - last.last - 1,
    };
    const rest = removeAfter(cut.text, name, keep);
    return { text: rest.text, removed: [...rest.removed, block] };
}
function placeBelow(lines, blocks, block) {
    const above = blocks[blocks.indexOf(block) - 1];
    if (above === undefined)
        return lines[block.first]?.start === 0 ? 'nothing' : 'no section';
    return { name: above.name, nth: blocks.filter(({ name }) => name === above.name).indexOf(above) };
}
/**
 * Takes a block out with the newline behind it or, at an end without one, with the newlines before it: so a file that
 * ends without a newline still does.
 */
function ini_splice_removeBlock(text, lines, block) {
    const { start, end } = ini_splice_span(lines, block);
    const behind = text.slice(end, lines[block.last]?.next);
    const removed = text.slice(start, end);
    if (behind !== '' || block.first === 0) {
        const rest = text.slice(0, start) + text.slice(end + behind.length);
        return { text: rest, removed, newline: behind, newlineSide: 'after' };
    }
    const above = lines.slice(0, block.first).findLast((line) => line.text !== '');
    const from = above?.end ?? lines[0]?.start ?? 0;
    return { text: text.slice(0, from), removed, newline: text.slice(from, start), newlineSide: 'before' };
}
/** The offsets of a block from its header to before the newline of its last line. */
function ini_splice_span(lines, block) {
    return { start: lines[block.first]?.start ?? 0, end: lines[block.last]?.end ?? 0 };
}
/** The `key=value` pairs of a text that could give access, written one way however they were spaced. */
function ini_splice_secretsOf(text) {
    return linesOf(text).flatMap((line) => {
        const entry = entryOf(line.text);
        return entry !== undefined && secretKeys.has(entry.key) ? [`${entry.key}=${entry.value}`] : [];
    });
}

;// CONCATENATED MODULE: ./build/src/domain/ini-undo.js


/** Takes several sections back, the last one written first; outcomes in that order. */
function ini_undo_undoSections(text, undo, fingerprint) {
    const outcomes = [];
    let current = text;
    for (const section of undo.toReversed()) {
        const undone = undoSplice(current, section, fingerprint);
        current = undone.text;
        outcomes.push({ section: section.name, outcome: undone.outcome });
    }
    return { text: current, outcomes };
}
/** Takes one written section back, byte for byte where nobody else touched it; a second call changes nothing. */
function undoSplice(text, undo, fingerprint) {
    const lines = linesOf(text);
    const named = blocksOf(lines).filter(({ name }) => name === undo.name);
    const texts = named.map((block) => textOf(text, lines, block));
    if (isRestored(texts, undo))
        return { text, outcome: 'restored' };
    if (undo.ours === null) {
        return named.length > 0 ? { text, outcome: 'changed' } : { text: putBackAll(text, undo), outcome: 'restored' };
    }
    const mine = named[texts.findIndex((block) => fingerprint(block) === undo.ours)];
    if (mine !== undefined)
        return { text: takeBack(text, mine, undo), outcome: 'restored' };
    const stripped = withoutSecrets(text, undo, fingerprint);
    return { text: stripped, outcome: named.length > 0 ? 'changed' : 'missing' };
}
function isRestored(texts, undo) {
    const originals = [...(undo.original === null ? [] : [undo.original]), ...undo.removed.map((block) => block.text)];
    return originals.length > 0 && originals.length === texts.length && originals.every((text, i) => text === texts[i]);
}
function textOf(text, lines, block) {
    const { start, end } = span(lines, block);
    return text.slice(start, end);
}
function takeBack(text, mine, undo) {
    const lines = linesOf(text);
    const { start, end } = span(lines, mine);
    if (undo.original !== null)
        return putBackAll(text.slice(0, start) + undo.original + text.slice(end), undo);
    const before = text.slice(0, start);
    const atOpenEnd = end === text.length && before.endsWith(undo.newline);
    if (atOpenEnd)
        return before.slice(0, -undo.newline.length);
    return removeBlock(text, lines, mine).text;
}
function putBackAll(text, undo) {
    return undo.removed.reduce((current, block) => putBack(current, block, undo.newline), text);
}
function putBack(text, block, fallback) {
    const newlineFor = (rest) => (rest === '' ? block.newline : block.newline || fallback);
    if (block.after === 'nothing')
        return block.text + newlineFor(text) + text;
    const lines = linesOf(text);
    const place = placeOf(lines, block, block.after);
    const above = lines[place - 1];
    const at = lines[place]?.start ?? text.length;
    const open = at === text.length && above !== undefined && above.end === above.next;
    if (block.newlineSide === 'before' || open) {
        const end = above?.end ?? at;
        const closing = above === undefined && at < text.length ? fallback : '';
        return text.slice(0, end) + (block.newline || fallback) + block.text + closing + text.slice(end);
    }
    return text.slice(0, at) + block.text + newlineFor(text.slice(at)) + text.slice(at);
}
/** The number of the line a removed block stood before. */
function placeOf(lines, block, after) {
    const blocks = blocksOf(lines);
    const above = after === 'no section' ? undefined : blocks.filter(({ name }) => name === after.name)[after.nth];
    if (after !== 'no section' && above === undefined)
        return lines.length;
    const until = above ? above.until : (blocks[0]?.first ?? lines.length);
    const floor = above ? above.last + 1 : 0;
    let place = until;
    while (place > floor && until - place < block.linesBelow && isBlankOrComment(lines[place - 1]))
        place -= 1;
    return place;
}
// In the whole file: whoever renamed or merged our section did not make its credentials theirs.
function withoutSecrets(text, undo, fingerprint) {
    const lines = linesOf(text);
    const secrets = new Set(undo.secrets);
    const kept = lines.filter((line) => !secretsOf(line.text).some((secret) => secrets.has(fingerprint(secret))));
    if (kept.length === lines.length)
        return text;
    const bom = text.slice(0, lines[0]?.start);
    const stripped = bom + kept.map(({ start, next }) => text.slice(start, next)).join('');
    const empty = blocksOf(linesOf(stripped)).find(({ name, first, last }) => name === undo.name && first === last);
    return empty === undefined ? stripped : takeBack(stripped, empty, undo);
}

;// CONCATENATED MODULE: ./build/src/disk/restore-profiles.js





/**
 * Takes `writeProfiles` back under the same locks, the files and folders it made included. A file that cannot be
 * restored is an outcome, not an error; a second call is harmless.
 */
async function restoreProfiles(undo, lock = {}) {
    const outcomes = [];
    for (const file of undo.files.toReversed())
        outcomes.push(...(await restoreFile(file, lock)));
    for (const file of undo.files)
        for (const folder of file.createdFolders)
            await removeFolderIfEmpty(folder);
    return outcomes;
}
async function restoreFile(file, lock) {
    const { path, sections } = file;
    let madeForLock = [];
    try {
        return await withLock(lockFile(path), lock, (createdFolders) => {
            madeForLock = createdFolders;
            return restoreText(file);
        });
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : 'unknown error';
        return sections.map(({ name }) => ({ path, section: name, outcome: 'failed', reason }));
    }
    finally {
        for (const folder of madeForLock)
            await removeFolderIfEmpty(folder);
    }
}
async function restoreText({ path, created, sections }) {
    await removeLeftovers(path);
    const text = await readIfPresent(path);
    if (text === undefined)
        return sections.map(({ name }) => ({ path, section: name, outcome: 'missing' }));
    const undone = undoSections(text, sections, sha256);
    if (created && undone.text === '')
        await removePrivate(path);
    else if (undone.text !== text)
        await writePrivate(path, undone.text);
    return undone.outcomes.map((outcome) => ({ path, ...outcome }));
}
/** The lock file that guards a shared file. */
function lockFile(path) {
    return `${path}.assume-role.lock`;
}
/** The SHA-256 of a text in hex. */
function sha256(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
}

// EXTERNAL MODULE: ./build/src/domain/failure.js
var failure = __webpack_require__(1897);
;// CONCATENATED MODULE: ./build/src/domain/environment.js
/** The variables that hold AWS credentials themselves, as every SDK reads them. */
const credentialVariables = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
/** Variables that make an SDK find another identity than the profile it is pointed at. */
const rivalVariables = [...credentialVariables, 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'];
/** Every variable an SDK can find an identity by. */
const identityVariables = [
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_PROFILE',
    'AWS_DEFAULT_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_ROLE_ARN',
    'AWS_ROLE_SESSION_NAME',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
];
/** The same environment without the named variables. */
function without(environment, names) {
    return Object.fromEntries(Object.entries(environment).filter(([name]) => !names.includes(name)));
}

// EXTERNAL MODULE: ./build/src/domain/log-lines.js
var log_lines = __webpack_require__(9999);
;// CONCATENATED MODULE: ./build/src/domain/plan-refresh.js


/** Where the SDK looks for settings, whoever the base identity is; none of them is a secret. */
const settingVariables = [
    'HOME',
    'USERPROFILE',
    'AWS_CONFIG_FILE',
    'AWS_SHARED_CREDENTIALS_FILE',
    'AWS_PROFILE',
    'AWS_DEFAULT_PROFILE',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
    'AWS_ENDPOINT_URL',
    'AWS_ENDPOINT_URL_STS',
    'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    'AWS_USE_FIPS_ENDPOINT',
    'AWS_USE_DUALSTACK_ENDPOINT',
    'AWS_EC2_METADATA_DISABLED',
    'AWS_EC2_METADATA_SERVICE_ENDPOINT',
    'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE',
];
/** What else is needed to find a base identity again; the others stand in the request itself. */
const foundBy = {
    'default-chain': identityVariables,
    EcsContainer: identityVariables.filter((name) => name.startsWith('AWS_CONTAINER_')),
};
/** Every variable that a renewal sees as main saw it, and as nobody has changed it since. */
const planVariables = [...new Set([...settingVariables, ...identityVariables])];
/** Makes the plan of one target; the path of a token file in it is absolute. */
function planRefresh(target, { request, environment, fingerprint, }) {
    const { region, endpoint, proxy, retry, plainSecret } = request;
    const walk = {
        targets: [target],
        ...(region !== undefined && { region }),
        ...(endpoint !== undefined && { endpoint }),
        proxy,
        retry,
        plainSecret,
    };
    const names = new Set([...settingVariables, ...(foundBy[target.base.kind] ?? [])]);
    const found = [...names].flatMap((name) => (environment[name] ? [[name, environment[name]]] : []));
    const plan = { request: walk, variables: Object.fromEntries(found) };
    return { id: fingerprint(JSON.stringify(plan)), ...plan };
}
/** The cache entry of a session. */
function refreshCache(id, { expiration, ...credentials }) {
    return { id, credentials, expiration: (0,log_lines/* timeText */.Tc)(expiration) };
}

// EXTERNAL MODULE: ./build/src/domain/refresh-plan.js
var refresh_plan = __webpack_require__(582);
;// CONCATENATED MODULE: ./build/src/domain/refresh-stopped.js
/** A renewal that cannot give credentials, and what to do about it. */
class RefreshStopped extends Error {
    fix;
    constructor(message, fix) {
        super(message);
        this.name = 'RefreshStopped';
        this.fix = fix;
    }
}

// EXTERNAL MODULE: ./build/src/domain/step-stopped.js
var step_stopped = __webpack_require__(1109);
// EXTERNAL MODULE: ./build/src/aws/retry.js
var aws_retry = __webpack_require__(5334);
;// CONCATENATED MODULE: ./build/src/disk/token-file.js




/**
 * Reads a web identity token or SAML assertion of at most `limitBytes`, without its last newline. A symlink has to stay
 * inside its own folder, as the kubelet's projected tokens do.
 */
async function readTokenFile(path, limitBytes = 20_000) {
    const file = await regular_file_openIfPresent(await inOwnFolder(path));
    if (file === undefined)
        throw absent(path);
    try {
        regular_file_refuseUnlessRegular(path, await file.stat());
        const { bytesRead, buffer } = await readUpTo(file, limitBytes + 3);
        const token = regular_file_decode(path, buffer.subarray(0, bytesRead)).replace(/\r?\n$/, '');
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
    const found = await lstatIfPresent(path);
    if (found === undefined)
        throw absent(path);
    if (!found.isSymbolicLink()) {
        regular_file_refuseUnlessRegular(path, found);
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

// EXTERNAL MODULE: ./build/src/domain/arn.js
var arn = __webpack_require__(3512);
// EXTERNAL MODULE: ./build/src/domain/claims.js
var domain_claims = __webpack_require__(1282);
// EXTERNAL MODULE: ./build/src/domain/partition.js
var partition = __webpack_require__(5205);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: ./build/src/domain/problem.js
var problem = __webpack_require__(5176);
;// CONCATENATED MODULE: ./build/src/domain/scalar.js

const booleans = {
    true: true,
    True: true,
    TRUE: true,
    false: false,
    False: false,
    FALSE: false,
};
/** Reads a YAML 1.2 boolean; undefined where the text is empty, a problem where it is anything else. */
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
/** Reads a whole number within bounds; undefined where the text is empty, a problem where it is anything else. */
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
/**
 * Reads a list written with line breaks, commas or both. An empty item is a problem wherever it stands, the end included:
 * a list that lost its last item to an unset variable must not pass for a shorter one. A line that begins with # is a
 * comment.
 */
function scalar_parseList(text, where, report) {
    if (text === '') {
        return [];
    }
    const written = text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n');
    const lines = written.filter((line) => !/^\s*#/.test(line));
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
/** What mostly makes an item empty, and what to do. */
const emptyItemFix = 'An unset matrix value, variable or secret is the usual cause (matrix.account in a job without that matrix): set it, or take the item out';

;// CONCATENATED MODULE: ./build/src/domain/proxy.js

/** Reads the proxy inputs; where they are empty, the usual environment variables in either case. */
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
/** The proxy for an address, or undefined where it is asked directly. */
function proxyFor(url, { https, http, exceptions }) {
    const proxy = url.protocol === 'https:' ? https : http;
    return proxy === undefined || exceptions.some((exception) => excepts(exception, url)) ? undefined : proxy;
}
/** The user name and password in a proxy's address, as written and decoded; they must never be shown. */
function proxySecrets(proxy) {
    const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
    if (url === undefined || url.password === '') {
        return [];
    }
    return [...new Set([url.password, proxy_decode(url.password), `${url.username}:${url.password}`])];
}
function isProxyUrl(text) {
    return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}
/** A host, a domain with its subdomains, a host with a port, or `*`. */
function excepts(exception, url) {
    if (exception === '*') {
        return true;
    }
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    const [, name = '', onlyPort] = /^(\[.*\]|[^:]*|.*:.*:.*)(?::(\d+))?$/.exec(exception.replace(/^\*?\./, '')) ?? [];
    const wanted = hostOf(name.replace(/^\[|\]$/g, ''));
    const isName = !/^\[|^[\d.]+$/.test(url.hostname);
    const isHost = url.hostname === wanted || (isName && url.hostname.endsWith(`.${wanted}`));
    return isHost && (onlyPort === undefined || onlyPort === port);
}
/** A host as addresses write it: lower case, IPv6 in its shortest form and in brackets. */
function hostOf(name) {
    const bracketed = name.includes(':') ? `[${name}]` : name;
    const address = `http://${bracketed}`;
    return URL.canParse(address) ? new URL(address).hostname : bracketed.toLowerCase();
}
function proxy_decode(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./build/src/net/agents.js



const options = { keepAlive: true, maxSockets: 16 };
/** Opens the pools for the addresses that will be asked; the proxy libraries are loaded only where one of them has a proxy. */
async function openAgents(addresses, proxy) {
    const direct = { http: new external_node_http_.Agent(options), https: new external_node_https_.Agent(options) };
    const http = proxyOf('http:', addresses, proxy);
    const https = proxyOf('https:', addresses, proxy);
    const proxied = {
        http: http === undefined ? direct.http : new (await Promise.all(/* import() */[__webpack_require__.e(411), __webpack_require__.e(947)]).then(__webpack_require__.bind(__webpack_require__, 8947))).HttpProxyAgent(http, options),
        https: https === undefined ? direct.https : new (await Promise.all(/* import() */[__webpack_require__.e(411), __webpack_require__.e(566)]).then(__webpack_require__.bind(__webpack_require__, 1566))).HttpsProxyAgent(https, options),
    };
    return {
        to: (address) => (proxyFor(address, proxy) === undefined ? direct : proxied),
        close: () => {
            for (const agent of [direct.http, direct.https, proxied.http, proxied.https]) {
                agent.destroy();
            }
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



/** Milliseconds until the token service must have answered in full. */
const answerTimeout = 10_000;
const operation = 'GetIdToken';
/** Asks for an ID token, once; rejects with CallFailed, in which neither token ever stands. */
async function getIdToken({ requestUrl, requestToken, audience, agents, signal, attempt, }) {
    const url = new URL(requestUrl);
    url.searchParams.set('audience', audience);
    // Not AbortSignal.timeout, which Node 20 may collect before it fires.
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), answerTimeout);
    try {
        const bounded = AbortSignal.any([signal, limit.signal]);
        const { status, body } = await get(url, { requestToken, agents, signal: bounded });
        return readToken(status, body, attempt);
    }
    catch (error) {
        throw error instanceof failure/* CallFailed */.Ep ? error : failed(error, attempt, signal.aborted);
    }
    finally {
        clearTimeout(timer);
    }
}
function get(url, { requestToken, agents, signal }) {
    const isHttps = url.protocol === 'https:';
    const pools = agents.to(url);
    const headers = { accept: 'application/json', authorization: `Bearer ${requestToken}`, 'user-agent': 'assume-role' };
    return new Promise((resolve, reject) => {
        const send = isHttps ? external_node_https_.request : external_node_http_.request;
        const outgoing = send(url, { headers, signal, agent: isHttps ? pools.https : pools.http }, (incoming) => {
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
        throw new failure/* CallFailed */.Ep({
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
    // A token with white space in it would be masked line by line, and hide half the log.
    if (typeof value !== 'string' || !/^\S+$/.test(value)) {
        throw new failure/* CallFailed */.Ep({
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
            ? new failure/* CallFailed */.Ep({ operation, code: failure/* deadlineCode */.YV, message: 'the deadline of the step passed', attempts })
            : new failure/* CallFailed */.Ep({
                operation,
                code: 'TimeoutError',
                message: `no complete answer within ${answerTimeout / 1000} s`,
                attempts,
            });
    }
    return new failure/* CallFailed */.Ep({
        operation,
        code: typeof code === 'string' && code !== '' ? code : name,
        message: message.split('\n')[0] ?? '',
        attempts,
    });
}

;// CONCATENATED MODULE: ./build/src/steps/machine.js






/** Names of the profiles in the machine's own AWS files. */
async function machineProfiles(environment) {
    const { configFile, credentialsFile } = awsFiles(environment);
    const texts = await Promise.all([configFile, credentialsFile].map(readQuietly));
    const sections = texts.flatMap((text) => readSections(text));
    return [...new Set(sections.map(({ name }) => name.replace(/^profile /, '')))];
}
/** The two files in which the AWS CLI and the SDKs look for profiles. */
function awsFiles(environment) {
    return sharedConfigPaths(environment, environment.HOME || environment.USERPROFILE || homedir());
}
/** A path of the workflow: relative ones lie in the workspace. */
function workspacePath(path, environment) {
    return (0,external_node_path_.isAbsolute)(path) ? path : (0,external_node_path_.join)(environment.GITHUB_WORKSPACE ?? process.cwd(), path);
}
/** Reads the role-chain file; a missing one is a problem of the request. */
async function readRoleChainFile(path, environment) {
    const text = await readIfPresent(workspacePath(path, environment));
    if (text === undefined) {
        const fix = 'Check the path, and that actions/checkout ran before this step';
        throw new InvalidRequest([{ where: 'role-chain-file', what: `there is no file ${path}`, fix }]);
    }
    return { path, text };
}
/** Only names are wanted here; a file that cannot be read is told where it is needed. */
async function readQuietly(path) {
    try {
        return (await readIfPresent(path)) ?? '';
    }
    catch {
        return '';
    }
}

;// CONCATENATED MODULE: ./build/src/steps/walk-request.js











/** The name and version by which AWS knows this action in its logs. */
const userAgent = ['assume-role', '1'];
/** Bytes that AWS takes of a token and of an assertion. */
const webIdentityLimit = 20_000;
const assertionLimit = 100_000;
/** Walks every target of a request; resolves to how each ended. Every connection is closed at the end. */
async function walkRequest(request, context) {
    const { progress, signal } = context;
    const agents = await openAgents(addresses(request), request.proxy);
    try {
        const token = tokenSource(agents, request, context);
        askEarly(request.targets, token);
        const { openSts } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 94));
        const { walk } = await Promise.resolve(/* import() eager */).then(__webpack_require__.bind(__webpack_require__, 9325));
        const opened = new Map();
        const stsFor = (target) => {
            const place = stsPlace(target, request, agents);
            const sts = opened.get(place.region) ?? openSts(place);
            opened.set(place.region, sts);
            return sts;
        };
        const patience = { rules: request.retry, signal, progress };
        return await walk(request.targets, { ...patience, stsFor, token, plainSecret: request.plainSecret });
    }
    finally {
        agents.close();
    }
}
/** Where STS is for a target: its Region, else its partition's default; and the connections to it. */
function stsPlace(target, request, agents) {
    const { endpoint } = request;
    const pools = agents.to(stsAddress(target, request));
    return { region: stsRegion(target), ...(endpoint !== undefined && { endpoint }), userAgent, agents: pools };
}
/** Every address that a walk will ask; the connections are opened for them. */
function addresses(request) {
    const { targets } = request;
    const tokenServices = targets.flatMap(({ base }) => (base.kind === 'oidc' ? [new URL(base.requestUrl)] : []));
    return [...targets.map((target) => stsAddress(target, request)), ...tokenServices];
}
function stsAddress(target, { endpoint }) {
    const region = stsRegion(target);
    return new URL(endpoint ?? `https://sts.${region}.${(0,partition/* partitionOfRegion */.cn)(region)?.dnsSuffix ?? 'amazonaws.com'}`);
}
function stsRegion({ region, hops }) {
    const role = hops.map((hop) => hop.role).find(arn/* isRoleArn */.GW);
    return region ?? (0,partition/* partitionOf */.iQ)(role?.partition ?? 'aws')?.defaultRegion ?? 'us-east-1';
}
/** The ID token is under way while the AWS SDK loads; a failure is told by the hop that needs the token. */
function askEarly(targets, token) {
    for (const { base } of targets.filter((target) => target.base.kind === 'oidc')) {
        token(base, false).catch(() => undefined);
    }
}
/** One token a walk for every base that asks for the same; a fresh one where a try with the last one failed. */
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
                return (0,aws_retry/* withRetries */.L)('ID token', { rules: retry, signal, progress }, (attempt) => getIdToken({ ...base, agents, signal, attempt }));
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
        throw new failure/* CallFailed */.Ep({
            operation: 'ReadTokenFile',
            code: 'TokenFileUnreadable',
            message: `${error.message} ${error.fix}`,
            attempts: 1,
        });
    }
}

;// CONCATENATED MODULE: ./build/src/steps/refresh.js











/** Seconds for a whole renewal: the Go SDK ends a credential process after a minute. */
const renewalSeconds = 50;
/** Seconds to wait for a renewal under way; it ends before, and then this call says why there is nothing. */
const lockSeconds = 55;
/** Tells a process that this one starts which plans are being renewed, so that none waits for itself. */
const renewingVariable = 'ASSUME_ROLE_RENEWING';
/** stdout belongs to the credentials and stderr to an explanation, so a walk here is silent. */
const silent = { mask: () => { }, info: () => { }, warn: () => { } };
/** Walks a plan's chain again and keeps the session for the next caller; callers at the same time share one walk. */
async function refresh(plan, planPath, environment) {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), renewalSeconds * 1000);
    try {
        refuseUnusable(plan, planPath, environment);
        return await lock_withLock(lockOf(planPath), { timeoutMs: lockSeconds * 1000 }, async () => {
            const meanwhile = (0,refresh_plan/* servedFromCache */.gu)((0,refresh_files/* readCache */.xe)(planPath), plan.id, Date.now());
            return meanwhile ?? renew(plan, planPath, { environment, signal: deadline.signal });
        });
    }
    finally {
        clearTimeout(timer);
    }
}
function refuseUnusable(plan, planPath, environment) {
    if ((environment[renewingVariable] ?? '').split(external_node_path_.delimiter).includes(planPath)) {
        throw new RefreshStopped('This profile starts from itself: the base identity of its chain is looked for under its own name.', 'Give the profile another name with aws-profile, or start from an ID token or keys.');
    }
    if (!(0,refresh_plan/* isIntact */.kM)(plan, sha256)) {
        throw new RefreshStopped(`The plan ${planPath} is not as the step wrote it.`, 'Run the step again.');
    }
}
async function renew(plan, planPath, { environment, signal }) {
    if (signal.aborted) {
        throw tooSlow();
    }
    seeAsMainSaw(plan, planPath);
    const context = { environment, progress: silent, signal };
    const [outcome] = await walkRequest((0,refresh_plan/* withCurrentToken */.NB)(plan, environment), context);
    if (outcome?.kind !== 'walked') {
        throw outcome === undefined ? new Error('The plan names no chain.') : reasonOf(outcome.stopped);
    }
    const { expiration, ...keys } = outcome.walked.credentials;
    const cache = refreshCache(plan.id, { ...keys, expiration: expiration ?? new Date(0) });
    const served = (0,refresh_plan/* servedFromCache */.gu)(cache, plan.id, Date.now());
    if (served === undefined) {
        throw new RefreshStopped(`The new session ends at ${cache.expiration}, in less than 15 minutes by the clock of this machine.`, 'Set the clock of this machine.');
    }
    await writeCache(planPath, cache);
    return served;
}
function reasonOf(stopped) {
    const { code } = stopped.failure;
    if (code === 'RequestTokenRefused') {
        return new RefreshStopped('The job gets no ID tokens any more: its token service took the request token when the step ran, and refuses it now. GitHub ends it about six hours after the job began.', 'Split the job so that each part is shorter, or start the chain from an instance profile or another identity that lasts.');
    }
    if (code === failure/* deadlineCode */.YV) {
        return tooSlow();
    }
    return new step_stopped/* StepStopped */.i([stopped]);
}
function tooSlow() {
    return new RefreshStopped(`The chain was not walked within ${renewalSeconds} seconds: AWS or the token service did not answer, or asked to slow down all the time.`, 'Try again. Where it stays so, look at the proxy, the network and https://health.aws.amazon.com.');
}
/** The SDK reads the environment itself: it must find the settings and the base identity of main, never this profile. */
function seeAsMainSaw({ variables }, planPath) {
    for (const name of planVariables) {
        delete process.env[name];
    }
    const renewing = [process.env[renewingVariable], planPath].filter((path) => path !== undefined);
    Object.assign(process.env, variables, { [renewingVariable]: renewing.join(external_node_path_.delimiter) });
}


/***/ })

};
;