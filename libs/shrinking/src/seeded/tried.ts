/**
 * Plans that were executed and were not better than the run of that time. Runs only get cheaper, so they never will be. Plans
 * that say the same in other stretches are one. It forgets all when it is full: what comes soon after is what comes again.
 */
import { TRIED_MAX_CHARACTERS } from '../limits.js';
import type { Plan } from './plan.js';

export class Tried {
  private readonly plans = new Set<string>();
  private characters = 0;

  constructor(private readonly maxCharacters = TRIED_MAX_CHARACTERS) {}

  has(plan: string): boolean {
    return this.plans.has(plan);
  }

  add(plan: string): void {
    if (this.characters + plan.length > this.maxCharacters) {
      this.plans.clear();
      this.characters = 0;
    }
    this.plans.add(plan);
    this.characters += plan.length;
  }
}

/** The same for plans that say the same: stretches without steps left out, and those of one task in a row as one. */
export function planText({ starts, segments, faults, goesOn }: Plan): string {
  let text = `${goesOn ? '+' : '-'}${starts.map(Number).join('')}`;
  for (const fault of [...faults].sort((a, b) => a - b)) text += `!${fault.toString(36)}`;
  let task = -1;
  let steps = 0;
  for (const segment of segments) {
    if (segment.steps <= 0) continue;
    if (segment.task !== task) {
      if (steps > 0) text += stretch(task, steps);
      [task, steps] = [segment.task, 0];
    }
    steps += segment.steps;
  }
  return steps > 0 ? text + stretch(task, steps) : text;
}

const stretch = (task: number, steps: number): string =>
  `,${task.toString(36)}${steps === Infinity ? '*' : steps.toString(36)}`;
