/** A field of an object by its path; null if the model has none. */
import type { Place, Ref } from '@lastref/authoring';

export function placeOf(ref: Ref, path: string): Place | null {
  const found = (Object.entries(ref) as [string, unknown][]).find(([name]) => name === path);
  return found === undefined ? null : (found[1] as Place);
}
