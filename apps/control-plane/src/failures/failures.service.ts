/** Shows the kept failures of a bug: the lowest seeds, each with what replays it. */
import type { Failure, FailureListQuery, Page } from '@lastref/contracts';
import { type Database, findBug, listFailures } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { failureView } from '../bugs/bug-views.js';
import { numberKey, readCursor } from '../http/cursor.js';
import { Problem } from '../http/problem.js';
import { toPage } from '../http/to-page.js';
import { DATABASE } from '../storage/storage.module.js';

const failureKey = z.strictObject({ seed: numberKey, group: numberKey });

@Injectable()
export class FailuresService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async list(query: FailureListQuery): Promise<Page<Failure>> {
    const after = readCursor(query.after, failureKey);
    const bug = await findBug(this.database, query.bug);
    if (bug === null) throw new Problem('not-found', `there is no bug ${query.bug}`);
    const rows = await listFailures(this.database, bug.id, { limit: query.limit + 1, after });
    return toPage(rows, query.limit, ({ seed, group }) => ({ seed, group }), failureView);
  }
}
