/** What came of the due times of a nightly, and how a night compares with those before. */
import type { Comparison, ComparisonQuery, Page, PageQuery, Tick } from '@lastref/contracts';
import {
  compareNight,
  type Database,
  findNight,
  findNightly,
  listTicks,
  type StoredTick,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { numberKey, readCursor } from '../http/cursor.js';
import { Problem } from '../http/problem.js';
import { toPage } from '../http/to-page.js';
import { DATABASE } from '../storage/storage.module.js';
import { comparisonView, tickView } from './nightly-views.js';

@Injectable()
export class NightsService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async ticks(id: number, query: PageQuery): Promise<Page<Tick>> {
    await this.mustExist(id);
    const after = readCursor(query.after, numberKey);
    const rows = await listTicks(this.database, id, { limit: query.limit + 1, after });
    return toPage(rows, query.limit, (row) => row.id, tickView);
  }

  async compare(id: number, { tick }: ComparisonQuery): Promise<Comparison> {
    await this.mustExist(id);
    const night = await findNight(this.database, id, tick === undefined ? 'last-ended' : { tick });
    if (night === null) throw new Problem('not-found', missing(id, tick));
    const { before, bugs } = await compareNight(this.database, night.id);
    return comparisonView(night, await this.nightOf(id, before), bugs);
  }

  private async nightOf(id: number, campaign: number | null): Promise<StoredTick | null> {
    return campaign === null ? null : findNight(this.database, id, { campaign });
  }

  private async mustExist(id: number): Promise<void> {
    if ((await findNightly(this.database, id)) !== null) return;
    throw new Problem('not-found', `there is no nightly ${id}`);
  }
}

const missing = (id: number, tick: number | undefined): string =>
  tick === undefined
    ? `no night of nightly ${id} has ended so far`
    : `nightly ${id} has no night ${tick} that started`;
