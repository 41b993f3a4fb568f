/** How an operation can end other than by going on: a failed run, or a bound that the program set too low. */

/** A count or pool went past what the program declares: never clean, and to be mended in the program. */
export class BoundExceeded extends Error {
  override readonly name = 'BoundExceeded';
  constructor(what: string, max: number) {
    super(`bound exceeded: ${what} would pass its declared maximum ${max}; declare a larger one`);
  }
}

/** The prologue of a case cannot run to its end. */
export class GivenError extends Error {
  override readonly name = 'GivenError';
  constructor(what: string) {
    super(`the prologue 'given' ${what}`);
  }
}
