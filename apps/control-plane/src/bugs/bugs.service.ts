/** Shows bugs with their cheapest reproduction. */
import type { Bug, BugListQuery, Page } from '@lastref/contracts';
import { type Database, findBug, listBugs } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { numberKey, readCursor } from '../http/cursor.js';
import { Problem } from '../http/problem.js';
import { toPage } from '../http/to-page.js';
import { DATABASE } from '../storage/storage.module.js';
import { bugView } from './bug-views.js';

@Injectable()
export class BugsService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async list(query: BugListQuery): Promise<Page<Bug>> {
    const after = readCursor(query.after, numberKey);
    const rows = await listBugs(this.database, { limit: query.limit + 1, after }, query);
    return toPage(rows, query.limit, (row) => row.id, bugView);
  }

  async get(id: number): Promise<Bug> {
    const bug = await findBug(this.database, id);
    if (bug === null) throw new Problem('not-found', `there is no bug ${id}`);
    return bugView(bug);
  }
}
