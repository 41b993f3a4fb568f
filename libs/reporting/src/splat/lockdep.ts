/**
 * Lock reports in lockdep's form. A circular dependency is told from the edges the run made: the last one closes the
 * cycle and stands at the top, the others follow in reverse order, each with where both of its locks were taken. Of an
 * active reference, a queue or an SRCU domain that is the reader, the item or the section on one side, and who waits for
 * it on the other. A run that does not make all of them names the cycle without its places.
 */
import { signatureParts, type Trace } from '@lastref/kernel';
import { lockedAt, lockHistory, type LockEdge, type LockSite } from '../facts/locks.js';
import { taskName } from '../facts/names.js';
import { block, type Block } from './splat.js';

export function recursiveBlocks(trace: Trace, signature: string): Block[] {
  const name = className(signature);
  const edge = lockHistory(trace).edges.find(
    ({ held, acquired }) => held.lockClass === name && acquired.lockClass === name,
  );
  return edge === undefined ? [block(`Lock: ${name}`)] : attempt(trace, edge);
}

export function circularBlocks(trace: Trace, signature: string): Block[] {
  const classes = signatureParts(signature).parts.map(({ name }) => name);
  const { edges } = lockHistory(trace);
  const made = classes.map((held, i) =>
    edges.findIndex(
      (edge) =>
        edge.held.lockClass === held &&
        edge.acquired.lockClass === classes[(i + 1) % classes.length],
    ),
  );
  const closing = edges[Math.max(...made)];
  if (made.includes(-1) || closing === undefined)
    return [block('The cycle of lock classes:', [[...classes, classes[0]].join(' -> ')])];
  return [
    ...attempt(trace, closing),
    block('which lock already depends on the new lock.'),
    dependencies(
      made.sort((a, b) => b - a).flatMap((i) => edges[i] ?? []),
      trace,
    ),
    ...(classes.length === 2 ? [unsafeScenario(closing)] : []),
  ];
}

const className = (signature: string): string => signatureParts(signature).parts[0]?.name ?? '?';

function attempt(trace: Trace, { held, acquired }: LockEdge): Block[] {
  return [
    block(`${taskName(trace, acquired.task)} is trying to acquire lock:`, [place(acquired)]),
    block('but task is already holding lock:', [place(held)]),
  ];
}

const place = (site: LockSite): string => `${site.lockClass}, at: ${lockedAt(site)}`;

function dependencies(edges: readonly LockEdge[], trace: Trace): Block {
  const lines = edges.flatMap(({ acquired, held }, i) => [
    `-> #${edges.length - 1 - i} (${acquired.lockClass}), taken with ${held.lockClass} held by ${taskName(trace, acquired.task)}:`,
    ...calls(acquired),
    `   ${held.lockClass} was taken at:`,
    ...calls(held),
  ]);
  return block('the existing dependency chain (in reverse order) is:', lines);
}

const calls = (site: LockSite): string[] =>
  (site.calls.length === 0 ? [site.text] : site.calls).map((call) => `     ${call}`);

function unsafeScenario({ held, acquired }: LockEdge): Block {
  const [a, b] = [`lock(${held.lockClass});`, `lock(${acquired.lockClass});`];
  const width = Math.max(a.length, b.length, 'CPU0'.length) + 4;
  const right = (text: string): string => ' '.repeat(width) + text;
  return block('Possible unsafe locking scenario:', [
    '',
    `  ${'CPU0'.padEnd(width)}CPU1`,
    `  ${'----'.padEnd(width)}----`,
    `  ${a}`,
    `  ${right(b)}`,
    `  ${right(a)}`,
    `  ${b}`,
    '',
    ' *** DEADLOCK ***',
  ]);
}
