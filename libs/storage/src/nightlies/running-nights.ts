/** The campaigns of a nightly that still run; one that was told to end early counts no longer. */
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';

export async function runningNights({ prisma }: Store, nightly: number): Promise<number[]> {
  const rows = await prisma.campaign.findMany({
    where: {
      state: 'running',
      endsEarly: false,
      nights: { some: { nightlyId: nightly, state: 'started' } },
    },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id }) => safeNumber(id));
}
