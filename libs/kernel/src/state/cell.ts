import type { Vector } from './vector.js';

/** Element of a vector at an index that the tables guarantee: no check, inlined by the compiler. */
export const cell = (vector: Vector, index: number): number => vector[index] as number;
