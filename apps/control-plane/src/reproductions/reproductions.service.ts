/** Shows reproductions, as data and as text. */
import type { Page, Reproduction, ReproductionListQuery } from '@lastref/contracts';
import { type Database, findReproduction, listReproductions } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { reproductionView } from '../bugs/bug-views.js';
import { numberKey, readCursor } from '../http/cursor.js';
import { Problem } from '../http/problem.js';
import { toPage } from '../http/to-page.js';
import { DATABASE } from '../storage/storage.module.js';
import { Interleavings } from './interleavings.js';

@Injectable()
export class ReproductionsService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly interleavings: Interleavings,
  ) {}

  async list(query: ReproductionListQuery): Promise<Page<Reproduction>> {
    const after = readCursor(query.after, numberKey);
    const page = { limit: query.limit + 1, after };
    const rows = await listReproductions(this.database, page, query.bug);
    return toPage(rows, query.limit, (row) => row.id, reproductionView);
  }

  async get(id: number): Promise<Reproduction> {
    const row = await findReproduction(this.database, id);
    if (row === null) throw new Problem('not-found', `there is no reproduction ${id}`);
    return reproductionView(row);
  }

  /** What a person reads: grade and cost, the report, the interleaving, and the command. */
  async text(id: number): Promise<string> {
    const reproduction = await this.get(id);
    const { report, interleaving } = await this.interleavings.draw(reproduction);
    const { events, preemptions, switches, steps } = reproduction.cost;
    return [
      `${reproduction.signature} in ${reproduction.address}`,
      `${reproduction.grade}, cost ${events}/${preemptions}/${switches}/${steps} ` +
        '(events/preemptions/switches/steps)',
      '',
      // Both end with a line feed.
      report,
      interleaving,
      reproduction.replay.command,
      '',
    ].join('\n');
  }
}
