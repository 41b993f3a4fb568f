/** One signature of a run as a splat: which pieces each kind of failure or report is told with. */
import { kindOf, signatureParts, type Kind, type Trace } from '@lastref/kernel';
import { circularBlocks, recursiveBlocks } from './lockdep.js';
import { loopBlocks } from './loop.js';
import { accessBlocks, heldLockBlocks, lifeBlocks } from './memory.js';
import { block, type Block, type Splat } from './splat.js';
import { titleOf } from './title.js';
import { waitingBlocks } from './waiting.js';

export function makeSplat(trace: Trace, signature: string): Splat {
  const kind = kindOf(signature);
  return {
    signature,
    kind,
    title: titleOf(trace, signature),
    blocks: blocksOf(trace, signature, kind),
  };
}

function blocksOf(trace: Trace, signature: string, kind: Kind): Block[] {
  switch (kind) {
    case 'use-after-free':
    case 'double-free':
      return [...accessBlocks(trace, signature), ...lifeBlocks(trace)];
    case 'held-lock-freed':
      return heldLockBlocks(trace, signature);
    case 'null-deref':
    case 'module-text-fault':
    case 'invariant':
      return [...accessBlocks(trace, signature), ...panicBlocks(trace)];
    case 'refcount-underflow':
    case 'refcount-inc-from-zero':
    case 'refcount-saturated':
    case 'list-corruption':
    case 'duplicate-name':
    case 'bad-removal':
    case 'busy-pool':
    case 'bad-unlock':
    case 'sleep-in-atomic':
    case 'illegal-synchronize':
    case 'suspicious-rcu':
    case 'data-race':
    case 'warning':
      return accessBlocks(trace, signature);
    case 'deadlock':
    case 'hung-task':
      return waitingBlocks(trace);
    case 'livelock':
      return [...loopBlocks(trace), functions('Goes on for ever, in:', signature)];
    case 'leak':
      return [functions('Left behind at the end of the run, by allocating function:', signature)];
    case 'lock-order':
      return circularBlocks(trace, signature);
    case 'recursive-lock':
      return recursiveBlocks(trace, signature);
  }
}

/** What ends an oops in an interrupt (arch/x86/kernel/dumpstack.c, oops_end): there is no task to end instead. */
const panicBlocks = ({ inInterrupt }: Trace): Block[] =>
  inInterrupt === true ? [block('Kernel panic - not syncing: Fatal exception in interrupt')] : [];

const functions = (heading: string, signature: string): Block =>
  block(
    heading,
    signatureParts(signature).parts.map(({ name, detail }) =>
      detail === undefined ? name : `${name} (${detail})`,
    ),
  );
