/**
 * The seed below which a failure is kept, for each signature of a program and strategy whose group is
 * full. A worker need not replay or send a failure that would be thrown away; the completion checks again.
 */
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';

export async function readCutOffs(
  { prisma }: Store,
  programId: number,
  strategy: string,
): Promise<Map<string, number>> {
  const groups = await prisma.failureGroup.findMany({
    where: { programId, strategy, cutOff: { not: null } },
    select: { cutOff: true, signature: { select: { text: true } } },
  });
  return new Map(groups.map(({ cutOff, signature }) => [signature.text, safeNumber(cutOff ?? 0)]));
}
