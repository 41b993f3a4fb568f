/** The histories of bugs, oldest first, the last events of each. */
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import { SHOWN_EVENTS } from '../limits.js';

export interface StoredBugEvent {
  kind: 'found' | 'gone' | 'regressed';
  campaign: number | null;
  at: Date;
}

export async function listBugEvents(
  { prisma }: Store,
  bugs: readonly number[],
): Promise<Map<number, StoredBugEvent[]>> {
  const rows = await prisma.bug.findMany({
    where: { id: { in: [...bugs] } },
    select: { id: true, events: { orderBy: { id: 'desc' }, take: SHOWN_EVENTS } },
  });
  return new Map(
    rows.map(({ id, events }) => [
      safeNumber(id),
      events.reverse().map(({ kind, campaignId, createdAt }) => ({
        kind,
        campaign: campaignId === null ? null : safeNumber(campaignId),
        at: createdAt,
      })),
    ]),
  );
}
