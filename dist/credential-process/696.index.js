"use strict";
exports.id = 696;
exports.ids = [696];
exports.modules = {

/***/ 696:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   explain: () => (/* binding */ explain)
/* harmony export */ });
/* harmony import */ var _hop_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(816);
/* harmony import */ var _identity_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5193);
/* harmony import */ var _log_lines_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9999);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5176);
/* harmony import */ var _step_stopped_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1109);





/** Explains why a step failed. */
function explain(error) {
    if (error instanceof _problem_js__WEBPACK_IMPORTED_MODULE_1__/* .InvalidRequest */ .zh) {
        return explainProblems(error);
    }
    if (error instanceof _step_stopped_js__WEBPACK_IMPORTED_MODULE_2__/* .StepStopped */ .i) {
        return explainStops(error.stops);
    }
    const text = error instanceof Error ? error.message : 'an error without words';
    const fix = error instanceof Error && 'fix' in error && typeof error.fix === 'string' ? error.fix : undefined;
    return { title: 'The step failed', summary: text, story: fix === undefined ? text : `${text}\n  → ${fix}` };
}
function explainProblems({ problems }) {
    const count = problems.length === 1 ? '' : ` (${problems.length} problems)`;
    return {
        title: `The step cannot run as it is written${count}`,
        summary: problems.map(_problem_js__WEBPACK_IMPORTED_MODULE_1__/* .problemText */ .fI).join('\n'),
        story: problems.map(({ where, what, fix }) => `${where}: ${what}.\n  → ${fix}.`).join('\n'),
    };
}
function explainStops(stops) {
    const stories = stops.map(explainStop);
    const first = stories[0];
    const names = stops.flatMap(({ target }) => (target.name === undefined ? [] : [target.name]));
    return {
        title: names.length > 1 ? `${names.length} targets failed: ${names.join(', ')}` : first.title,
        summary: stories.map(({ summary }) => summary).join('\n'),
        story: stories.map(({ story }) => story).join('\n\n'),
    };
}
function explainStop({ target, sessions, hop, caller, failure }) {
    const from = caller?.arn ?? sessions.at(-1)?.identity.arn ?? (0,_identity_js__WEBPACK_IMPORTED_MODULE_3__/* .baseText */ .b6)(target.base);
    const place = hop === undefined ? 'Base identity' : (0,_log_lines_js__WEBPACK_IMPORTED_MODULE_0__/* .hopPlace */ .ze)(sessions.length, [target]);
    const to = hop === undefined ? '' : ` → ${(0,_hop_js__WEBPACK_IMPORTED_MODULE_4__/* .roleText */ .y)(hop.role)}`;
    const request = failure.requestId === undefined ? '' : ` (request ${failure.requestId})`;
    const summary = `${place}: ${from}${to}: ${failure.operation}: ${failure.code}: ${failure.message}${request}`;
    return { title: `${place} failed: ${failure.code}`, summary, story: summary };
}


/***/ }),

/***/ 816:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ roleText)
/* harmony export */ });
/* unused harmony export inheritedAt */
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


/***/ })

};
;