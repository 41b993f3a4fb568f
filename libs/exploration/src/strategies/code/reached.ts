/** Operations that can be reached from some of the code's entries, ascending. */
import { at, type Program } from '@lastref/kernel';

export function reachedFrom({ code }: Program, entries: readonly number[]): readonly number[] {
  const seen = new Set<number>();
  const stack = [...entries];
  for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
    if (pc === 0 || seen.has(pc)) continue;
    seen.add(pc);
    const { next, alt } = at(code, pc);
    stack.push(next, alt ?? next);
  }
  return [...seen].sort((a, b) => a - b);
}
