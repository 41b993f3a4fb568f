/** Counting up to a declared maximum, and down to no less than nothing. */

export const increment = (cell: string, max: number): string =>
  `if (${cell} >= ${max}) fail(BOUND); ${cell}++;`;

export const decrement = (cell: string): string => `if (!${cell}) fail(REFCOUNT); ${cell}--;`;
