/**
 * What a trace leaves out, because only a machine can tell: at every step of a run, who else could have gone on, whom the
 * step woke, and whether its task may sleep after it. What exports of a run need beside its trace.
 */
import type { Actor } from '../actors/actor.js';

export interface StepContext {
  /** Tasks that could go on before the step, those that only the order of the case holds back included. */
  readonly ready: readonly number[];
  /** Other tasks that could not go on before it and can after it. */
  readonly wakes: readonly number[];
  /** Why its task must not sleep after it: a lock it holds, or a context. */
  readonly atomic?: string;
  /** It begins a declared task, takes up an item, or fires. */
  readonly begins?: true;
}

export interface RunContext {
  /** Who runs, by task number; a declared task that is an interrupt is a handler. */
  readonly kinds: readonly Actor['kind'][];
  /** One per step of the trace. */
  readonly steps: readonly StepContext[];
}
