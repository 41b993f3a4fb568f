/** Runs one claimed range on a thread while its lease is held. */
import { type ClaimedShard, type Database, readCutOffs } from '@lastref/storage';
import type { LeaseKeeper } from '../leases/lease-keeper.js';
import type { Programs } from '../programs.js';
import { Control } from '../threads/control.js';
import type { Engine } from '../threads/engine.js';
import type { Answer } from '../threads/messages.js';

export interface RangeParts {
  db: Database;
  engine: Engine;
  programs: Programs;
}

export async function runRange(
  { db, engine, programs }: RangeParts,
  leases: LeaseKeeper,
  claim: ClaimedShard,
  aside = false,
): Promise<Answer> {
  const { strategy, seedFrom, count } = claim;
  const program = await programs.get(claim.program);
  const cutOffs = await readCutOffs(db, claim.programId, strategy);
  const control = new Control();
  const lease = { id: claim.shard, epoch: claim.epoch };
  leases.hold(lease, control);
  try {
    const range = { program, strategy, seedFrom, count, cutOffs };
    return await engine.explore({ kind: 'explore', ...range, aside, control: control.memory });
  } finally {
    leases.drop(lease);
  }
}
