/** Jest's asymmetric matchers with an honest type: as they come they are `any`, which lint refuses. */
export const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);

export const anything: unknown = expect.anything();

/** An object that has at least these members. */
export const objectWith = (members: object): unknown => expect.objectContaining(members);
