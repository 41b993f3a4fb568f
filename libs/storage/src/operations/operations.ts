/** Operations as they are shown; lists leave out results, which may be long. Newest first. */
import type { OperationState, Work } from '@lastref/contracts';
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { After } from '../page.js';

export interface StoredOperation {
  id: number;
  program: string;
  address: string;
  work: Work;
  background: boolean;
  state: OperationState;
  progress: number;
  messages: string[];
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

const INCLUDE = {
  program: { select: { digest: true, address: true } },
} as const satisfies Prisma.OperationInclude;

type Row = Omit<Prisma.OperationGetPayload<{ include: typeof INCLUDE }>, 'result'>;

/** To whoever asks, a job that was sent waits. */
const STATES = {
  waiting: ['waiting', 'sent'],
  running: ['running'],
  done: ['done'],
  failed: ['failed'],
  cancelled: ['cancelled'],
} as const satisfies Record<OperationState, readonly Row['state'][]>;

function plain(row: Row): StoredOperation {
  const { background, messages, createdAt, startedAt, endedAt } = row;
  return {
    id: safeNumber(row.id),
    program: row.program.digest,
    address: row.program.address,
    // Written by createOperation, which takes nothing else.
    work: row.options as unknown as Work,
    background,
    state: row.state === 'sent' ? 'waiting' : row.state,
    progress: safeNumber(row.progress),
    messages,
    createdAt,
    startedAt,
    endedAt,
  };
}

/** With its result, the JSON text of the answer; null until it is done. */
export async function findOperation(
  { prisma }: Store,
  id: number,
): Promise<(StoredOperation & { result: string | null }) | null> {
  const row = await prisma.operation.findUnique({ where: { id }, include: INCLUDE });
  return row && { ...plain(row), result: row.result };
}

export async function listOperations(
  { prisma }: Store,
  page: After,
  state?: OperationState,
): Promise<StoredOperation[]> {
  const rows = await prisma.operation.findMany({
    where: {
      ...(page.after === undefined ? {} : { id: { lt: page.after } }),
      ...(state === undefined ? {} : { state: { in: [...STATES[state]] } }),
    },
    include: INCLUDE,
    omit: { result: true },
    orderBy: { id: 'desc' },
    take: page.limit,
  });
  return rows.map(plain);
}
