/** Failures and reports of semantics section 4, by number; the order is frozen because failures carry the number. */
export const KINDS = [
  'use-after-free',
  'double-free',
  'null-deref',
  'held-lock-freed',
  'module-text-fault',
  'refcount-underflow',
  'refcount-inc-from-zero',
  'refcount-saturated',
  'list-corruption',
  'duplicate-name',
  'bad-removal',
  'busy-pool',
  'bad-unlock',
  'sleep-in-atomic',
  'illegal-synchronize',
  'invariant',
  'deadlock',
  'hung-task',
  'livelock',
  'leak',
  'lock-order',
  'recursive-lock',
  'suspicious-rcu',
  'data-race',
  'warning',
] as const;

export type Kind = (typeof KINDS)[number];

const REPORTS: ReadonlySet<string> = new Set<Kind>([
  'lock-order',
  'recursive-lock',
  'suspicious-rcu',
  'data-race',
  'warning',
]);

/** Reports stand beside the verdict; they never end or influence a run. */
export const isReport = (kind: string): boolean => REPORTS.has(kind);

/** The kind a signature starts with. */
export const kindOf = (signature: string): Kind => {
  const text = signature.slice(0, signature.indexOf('@'));
  const kind = KINDS.find((k) => k === text);
  if (kind === undefined) throw new RangeError(`'${signature}' is not a signature: kind@function`);
  return kind;
};
