/** Executes a schedule choice by choice on a machine and lets a listener look before and after every step. */
import type { Machine } from '@lastref/kernel';
import { decodeChoice } from './schedule.js';

export interface Follower {
  before?(task: number, fault: boolean): void;
  /** @param ok the step did not fail */
  after?(task: number, ok: boolean): void;
}

/** What became of a schedule: all of it was taken, its last step failed, or a choice could not be taken. */
export type Followed = 'taken' | 'failed' | 'refused';

export function follow(machine: Machine, schedule: string, follower: Follower = {}): Followed {
  machine.reset();
  let position = 0;
  const next = (): number => decodeChoice(schedule[position++] ?? '');
  machine.tables.program.tasks.forEach((task, t) => {
    if (task.optional !== undefined && next() === 1) machine.startTask(t);
  });
  while (position < schedule.length) {
    const candidates = machine.candidates();
    const task = next();
    if (task < 0 || (candidates & (1 << task)) === 0) return 'refused';
    const fault = machine.faultArmed(task) && next() === 1;
    follower.before?.(task, fault);
    const ok = machine.step(task, fault);
    follower.after?.(task, ok);
    if (!ok) return position === schedule.length ? 'failed' : 'refused';
  }
  return 'taken';
}
