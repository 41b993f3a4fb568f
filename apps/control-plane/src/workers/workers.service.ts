/** Shows worker processes, newest first. Whether one is alive is the database's judgement. */
import type { Page, PageQuery, Worker } from '@lastref/contracts';
import { type Database, listWorkers, type StoredWorker } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { readCursor } from '../http/cursor.js';
import { toPage } from '../http/to-page.js';
import { DATABASE } from '../storage/storage.module.js';

@Injectable()
export class WorkersService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async list(query: PageQuery): Promise<Page<Worker>> {
    const after = readCursor(query.after, z.uuid());
    const rows = await listWorkers(this.database, { limit: query.limit + 1, after });
    return toPage(rows, query.limit, (row) => row.id, workerView);
  }
}

function workerView(worker: StoredWorker): Worker {
  return {
    ...worker,
    semantics: [...worker.semantics],
    startedAt: worker.startedAt.toISOString(),
    seenAt: worker.seenAt.toISOString(),
    stoppedAt: worker.stoppedAt?.toISOString() ?? null,
  };
}
