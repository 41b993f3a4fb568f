/** A mistake in a scenario, found while building it; the message names the place as a kernel call trace and a source line. */
import { nearest } from '@lastref/kernel';

export class BuildError extends Error {
  override readonly name = 'BuildError';
}

export const didYouMean = (name: string, candidates: readonly string[]): string => {
  const near = nearest(name, candidates);
  return near === undefined ? '' : `; did you mean '${near}'?`;
};
