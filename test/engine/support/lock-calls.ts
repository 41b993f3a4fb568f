/**
 * Which calls take a lock and which give it back, and who keeps whom waiting, read off the operations' definitions: for
 * every kind of lock. A new one is in every table of the tests without a line in any.
 */
import type { FunctionBuilder, Place } from '@lastref/authoring';
import { FIELD_KIND_NAMES, fieldKindOf, OP_NAMES, specOf, type Way } from '@lastref/kernel';

/** All but active references, which are waited for without being taken: those are written by hand where they are needed. */
export const LOCK_KINDS: readonly string[] = FIELD_KIND_NAMES.filter((kind) =>
  ['sleeps', 'spins'].includes(fieldKindOf(kind).lock),
);

/** Those that turn off interrupts as well are written by hand where they are needed. */
const worksOn = (op: string, kind: string): boolean => {
  const { operands } = specOf(op);
  return (
    operands.some((operand) => operand.is === 'place' && operand.of.includes(kind)) &&
    !operands.some(({ is }) => is === 'ambient')
  );
};

export interface LockCall {
  /** The operation that takes the lock, and the call that it is the last step of. */
  readonly op: string;
  readonly name: string;
  readonly kind: string;
  readonly takes: Way;
  /** Held so by another, the lock keeps this call waiting. */
  readonly blockedBy: readonly Way[];
  readonly waits: boolean;
  readonly tries: boolean;
  /** Gives back what the call takes. */
  readonly closedBy: string;
}

const givesBack = (kind: string, way: Way): string | undefined =>
  OP_NAMES.find((op) => {
    const { lock } = specOf(op);
    return worksOn(op, kind) && lock !== 'none' && lock.gives === way && lock.takes === 'nothing';
  });

/** Calls that take a lock of the kind. */
export const callsOn = (kind: string): LockCall[] =>
  OP_NAMES.flatMap((op) => {
    const { lock, wait, branches, partOf } = specOf(op);
    if (!worksOn(op, kind) || lock === 'none') return [];
    if (lock.takes === 'nothing' || lock.takes === 'awaited') return [];
    if (lock.gives === 'exclusive' || lock.gives === 'shared') return [];
    const closedBy = givesBack(kind, lock.takes);
    if (closedBy === undefined) return [];
    const { takes, blockedBy } = lock;
    const name = partOf ?? op;
    // A wait that a signal ends is part of no deadlock.
    const waits = wait !== 'never' && wait.signal === undefined;
    const tries = branches === true;
    return [{ op, name, kind, takes, blockedBy, waits, tries, closedBy }];
  });

/** The builder's call of that name. */
export function invoke(f: FunctionBuilder, name: string, args: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(f, name);
  if (typeof method !== 'function') throw new Error(`the builder has no call ${name}`);
  return Reflect.apply(method as (...args: unknown[]) => unknown, f, args);
}

/** Takes the lock, and gives it back behind what stands inside. */
export function within(f: FunctionBuilder, call: LockCall, lock: Place, inside: () => void): void {
  const result = invoke(f, call.name, [lock]);
  const body = (): void => {
    inside();
    invoke(f, call.closedBy, [lock]);
  };
  if (call.tries) f.if(result as Parameters<FunctionBuilder['if']>[0], body);
  else body();
}

/** Pairs of calls on one kind of lock: what the first holds keeps the second waiting. */
export const contentions = (kind: string): { readonly hold: LockCall; readonly wait: LockCall }[] =>
  callsOn(kind).flatMap((hold) =>
    callsOn(kind)
      .filter(({ waits, blockedBy }) => waits && blockedBy.includes(hold.takes))
      .map((wait) => ({ hold, wait })),
  );

/** Whether who holds a lock of the kind must not sleep. */
export const spins = (kind: string): boolean => fieldKindOf(kind).lock === 'spins';
