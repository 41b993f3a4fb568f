/**
 * Whether the order of two steps of a run can matter: they touch one location and one of them writes it, one frees the object that
 * the other is in, or one lets the other go. The location is the kernel's footprint and what the step really wrote; where a
 * footprint names none, the kernel's effects decide, which know types only and so say "can" too often, never too seldom.
 */
import {
  at,
  conflicts,
  Effects,
  isWrite,
  NOTHING,
  slotTouched,
  specOf,
  type Effect,
  type Program,
  type Tables,
} from '@lastref/kernel';
import type { RecordedStep } from './recorded-run.js';

export class Dependence {
  private readonly effects: Effects;

  constructor(
    private readonly program: Program,
    private readonly tables: Tables,
  ) {
    this.effects = new Effects(program);
  }

  between(a: RecordedStep, b: RecordedStep): boolean {
    if (a.task === b.task) return true;
    if (conflicts(a.print, b.print) || share(a, b)) return true;
    const vague = a.print === NOTHING || b.print === NOTHING;
    return vague && meet(this.effectOf(a), this.effectOf(b));
  }

  /** Both only take or let go of a lock: it keeps them apart, and leaves open who is first. */
  onlyExclude(a: RecordedStep, b: RecordedStep): boolean {
    return a.task !== b.task && this.usesLock(a) && this.usesLock(b);
  }

  /** It takes a lock, or tries to. */
  takesLock({ pc }: RecordedStep): boolean {
    const { lock } = specOf(at(this.program.code, pc).op);
    return pc !== 0 && lock !== 'none' && lock.takes !== 'nothing';
  }

  private usesLock(step: RecordedStep): boolean {
    const { lock } = specOf(at(this.program.code, step.pc).op);
    return this.takesLock(step) || (step.pc !== 0 && lock !== 'none' && lock.gives !== 'nothing');
  }

  private effectOf({ task, pc }: RecordedStep): Effect {
    const actor = this.tables.layout.tasks[task];
    if (pc !== 0 || actor === undefined) return this.effects.of[pc] ?? NO_EFFECT;
    switch (actor.kind) {
      case 'task':
        return NO_EFFECT;
      case 'worker':
        return this.effects.taking(actor.queueType);
      case 'timer':
      case 'handler':
        return this.effects.firing(actor.work);
    }
  }
}

const NO_EFFECT: Effect = { reads: new Set(), writes: new Set() };

/** One wrote a slot that the other wrote or is about. */
function share(a: RecordedStep, b: RecordedStep): boolean {
  if (a.writes.has(slotTouched(b.print)) || b.writes.has(slotTouched(a.print))) return true;
  const [few, many] = a.writes.size < b.writes.size ? [a, b] : [b, a];
  for (const slot of few.writes) if (many.writes.has(slot)) return true;
  return isWrite(a.print) && isWrite(b.print) && slotTouched(a.print) === slotTouched(b.print);
}

const meet = (a: Effect, b: Effect): boolean => writesInto(a, b) || writesInto(b, a);

function writesInto(a: Effect, b: Effect): boolean {
  for (const name of a.writes) if (b.reads.has(name) || b.writes.has(name)) return true;
  return false;
}
