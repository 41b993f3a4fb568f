/** A night beside the nights before, as it was when it ended; while it has not been reviewed, as it would be now. */
import type { Queryable, Store } from '../../database/database.js';
import type { Database } from '../../database/database.js';
import { judgeBugs, type JudgedBug } from './judge-bugs.js';
import { readNights } from './read-nights.js';

export interface ComparedNight {
  /** The campaign of the night before; null for the first night. */
  before: number | null;
  bugs: JudgedBug[];
}

export function compareNight(db: Database, tick: number): Promise<ComparedNight> {
  return db.prismaTransaction(async (tx: Store & Queryable) => {
    const { nights, bugs } = await readNights(tx, tick);
    return { before: nights.at(-2)?.campaign ?? null, bugs: judgeBugs(nights, bugs) };
  });
}
