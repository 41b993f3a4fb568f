/**
 * What a shrink looks for, fixed before it starts and never changed: one failure signature, or one report. Reports are
 * made of bits that a run collects (the edges of a lock-order cycle, a warning); the bits are part of the node.
 */
import { kindOf, type Kind, type Machine } from '@lastref/kernel';

export interface Target {
  readonly signature: string;
  readonly kind: Kind;
  /** Bits that must all be collected; 0 for a failure. */
  readonly allBits: number;
  /** Bits that the machine's recorded edges amount to. */
  bits(machine: Machine): number;
}

export function targetOf(signature: string): Target {
  const kind = kindOf(signature);
  if (kind === 'lock-order') return lockOrder(signature);
  if (kind === 'recursive-lock')
    return single(signature, kind, (machine) => machine.edges.recursiveLocks());
  if (kind === 'warning' || kind === 'suspicious-rcu' || kind === 'data-race')
    return single(signature, kind, (machine) => machine.edges.warnings());
  return { signature, kind, allBits: 0, bits: () => 0 };
}

/** A report that one step makes. @param made the reports of that kind that the machine has recorded */
function single(
  signature: string,
  kind: Kind,
  made: (machine: Machine) => readonly string[],
): Target {
  return {
    signature,
    kind,
    allBits: 1,
    bits: (machine) => (made(machine).includes(signature) ? 1 : 0),
  };
}

function lockOrder(signature: string): Target {
  const classes = signature.slice(signature.indexOf('@') + 1).split('+');
  const edges = classes.map((held, i) => [held, classes[(i + 1) % classes.length] ?? held]);
  return {
    signature,
    kind: 'lock-order',
    allBits: (1 << edges.length) - 1,
    bits: (machine) => {
      const name = (cls: number): string => machine.tables.lockClasses[cls]?.name ?? '';
      let bits = 0;
      for (const [held, acquired] of machine.edges.pairs())
        edges.forEach(([from, to], i) => {
          if (name(held) === from && name(acquired) === to) bits |= 1 << i;
        });
      return bits;
    },
  };
}
