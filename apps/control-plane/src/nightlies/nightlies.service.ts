/** Makes, shows, changes, pauses, resumes and removes nightlies. What they start is the sweeper's business. */
import { createHash } from 'node:crypto';
import { MAX_NIGHTLIES } from '@lastref/contracts';
import type {
  Nightly,
  NightlyEdit,
  NightlyListQuery,
  NightlyRequest,
  Page,
} from '@lastref/contracts';
import {
  createNightly,
  type Database,
  editNightly,
  findNightly,
  lastTicks,
  listCurrentPrograms,
  listNightlies,
  pauseNightly,
  removeNightly,
  resumeNightly,
  type StoredNightly,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { numberKey, readCursor } from '../http/cursor.js';
import { Problem } from '../http/problem.js';
import { toPage } from '../http/to-page.js';
import { DATABASE } from '../storage/storage.module.js';
import { checkNightly } from './check-nightly.js';
import { nightlyView } from './nightly-views.js';
import { nextDue } from './schedule/due.js';

const KEY_SCOPE = 'nightlies';

@Injectable()
export class NightliesService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async create(
    request: NightlyRequest,
    key: string | undefined,
  ): Promise<{ created: boolean; nightly: Nightly }> {
    await this.check(request, request);
    const result = await createNightly(
      this.database,
      { ...request, shardSize: request.shardSize ?? null },
      {
        most: MAX_NIGHTLIES,
        nextDue,
        key: key === undefined ? undefined : keyOf(key, request),
      },
    );
    switch (result.kind) {
      case 'created':
      case 'repeated':
        return { created: result.kind === 'created', nightly: await this.get(result.id) };
      case 'key-conflict':
        throw new Problem(
          'idempotency-conflict',
          'this Idempotency-Key made another nightly; use a new key for a new nightly',
        );
      case 'name-taken':
        throw nameTaken(request.name);
      case 'too-many':
        throw new Problem('too-many', `at most ${MAX_NIGHTLIES} nightlies stand; remove one`);
    }
  }

  async list(query: NightlyListQuery): Promise<Page<Nightly>> {
    const after = readCursor(query.after, numberKey);
    const rows = await listNightlies(this.database, { limit: query.limit + 1, after }, query.name);
    const ids = rows.map(({ id }) => id);
    const last = await lastTicks(this.database, ids);
    return toPage(
      rows,
      query.limit,
      (row) => row.id,
      (row) => nightlyView(row, last.get(row.id)),
    );
  }

  async get(id: number): Promise<Nightly> {
    const nightly = await this.find(id);
    const last = await lastTicks(this.database, [id]);
    return nightlyView(nightly, last.get(id));
  }

  async edit(id: number, change: NightlyEdit): Promise<Nightly> {
    const nightly = await this.find(id);
    const settings = definite(change);
    await this.check(change, { ...nightly, ...settings });
    const result = await editNightly(this.database, id, settings, nextDue);
    switch (result) {
      case 'edited':
        return this.get(id);
      case 'unknown':
        throw unknown(id);
      case 'name-taken':
        throw nameTaken(change.name ?? nightly.name);
    }
  }

  async pause(id: number): Promise<Nightly> {
    return this.changed(id, await pauseNightly(this.database, id));
  }

  async resume(id: number): Promise<Nightly> {
    return this.changed(id, await resumeNightly(this.database, id, nextDue));
  }

  async remove(id: number): Promise<Nightly> {
    return this.changed(id, await removeNightly(this.database, id));
  }

  private async changed(id: number, found: boolean): Promise<Nightly> {
    if (!found) throw unknown(id);
    return this.get(id);
  }

  private async find(id: number): Promise<StoredNightly> {
    const nightly = await findNightly(this.database, id);
    if (nightly === null) throw unknown(id);
    return nightly;
  }

  private async check(change: NightlyEdit, whole: { cron: string; zone: string }): Promise<void> {
    const current = await listCurrentPrograms(this.database);
    // Whether a time ever comes does not hang on whose clock says when now is.
    checkNightly(change, { cron: whole.cron, zone: whole.zone }, current, new Date());
  }
}

const unknown = (id: number): Problem => new Problem('not-found', `there is no nightly ${id}`);

const nameTaken = (name: string): Problem => {
  const message = `another nightly is named ${name}; choose another name, or remove that one`;
  return new Problem('name-taken', message, { errors: [{ pointer: '/name', message }] });
};

/** Names a request: the parsed form has its members in one order and its defaults filled in. */
const keyOf = (
  key: string,
  request: NightlyRequest,
): { scope: string; key: string; requestDigest: string } => ({
  scope: KEY_SCOPE,
  key,
  requestDigest: createHash('sha256').update(JSON.stringify(request), 'utf8').digest('hex'),
});

/** Without the members that are not there. */
function definite<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
