/** Maximum items of a list that AWS does not limit. */
export const mostItems = 2_000;

/** Maximum targets of one step. */
export const mostTargets = 2_000;

/** Maximum targets that a file declares. */
export const mostDeclared = 10_000;

/** Maximum unknown names that get a suggestion; a file with more is probably the wrong file. */
export const mostGuesses = 20;
