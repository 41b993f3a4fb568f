/** Plays a worker: claims the operations that wait, proves and orders in this process, and counts the results. */
import { searchSchema, type Work } from '@lastref/contracts';
import { orders, type OrdersOptions, prove } from '@lastref/exploration';
import { parseProgram, SEMANTICS } from '@lastref/kernel';
import {
  claimOperation,
  completeOperation,
  type Database,
  failOperation,
  findProgram,
  listOperations,
} from '@lastref/storage';

const WORKER = '00000000-0000-4000-8000-00000000000c';

/** How many there were. */
export async function runOperations(db: Database): Promise<number> {
  const waiting = await listOperations(db, { limit: 100 }, 'waiting');
  for (const { id } of waiting) await runOne(db, id);
  return waiting.length;
}

const asked = ({ maxStates, milestones }: Extract<Work, { kind: 'orders' }>): OrdersOptions => ({
  maxStates,
  ...(milestones === undefined ? {} : { milestones }),
});

async function runOne(db: Database, operation: number): Promise<void> {
  const lease = { worker: WORKER, leaseMs: 60_000, semantics: [SEMANTICS], alone: false };
  const claim = await claimOperation(db, { operation, ...lease });
  if (claim === null) return;
  const stored = await findProgram(db, claim.program);
  const parsed = parseProgram(JSON.parse(stored?.bytes ?? '{}'));
  if (!parsed.ok) throw new Error('the program does not load');
  const { work } = claim;
  if (work.kind === 'prove') {
    const search = searchSchema.parse(prove(parsed.program, work));
    const result = JSON.stringify(search);
    await completeOperation(db, { operation, result, progress: search.states, search });
    return;
  }
  const table = work.kind === 'orders' ? orders(parsed.program, asked(work)) : null;
  if (table?.ok !== true) {
    await failOperation(db, WORKER, claim, table?.message ?? 'no shrinks here', true);
    return;
  }
  const result = JSON.stringify({ ...table, proved: table.complete });
  await completeOperation(db, { operation, result, progress: table.states });
}
