import { claimShard, completeShard, Database, feedShards, Failpoints } from '@lastref/storage';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { writeAll } from '../../tools/data/export.mjs';
import { importInto } from '../../tools/data/import.mjs';
import { applyMigrations, migrationNames } from '../../tools/data/migrations.mjs';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import {
  sampleCampaign,
  sampleProgram,
  sampleResult,
  SAMPLE_SEMANTICS,
  sampleWorker,
} from '../support/sample-shards.js';
import { makeTempFolder } from '../support/temp-folder.mjs';

const folder = makeTempFolder('import');
const opened: TestDatabase[] = [];
let source: TestDatabase;
let file: string;
let count: number;

async function newDatabase(): Promise<string> {
  const database = await createTestDatabase();
  opened.push(database);
  return database.url;
}

beforeAll(async () => {
  source = await createTestDatabase();
  opened.push(source);
  const db = await Database.open({ url: source.url });
  await sampleWorker(db);
  const campaign = await sampleCampaign(db, [await sampleProgram(db)]);
  await feedShards(db, 4, SAMPLE_SEMANTICS);
  const worker = randomUUID();
  const shards = await db.query<{ id: number }>('SELECT id FROM shard ORDER BY id LIMIT 2');
  for (const { id } of shards) {
    const lease = { worker, leaseMs: 60_000, semantics: SAMPLE_SEMANTICS, alone: false };
    const claim = await claimShard(db, { shard: id, ...lease });
    if (claim === null) throw new Error(`no lease of ${id} in ${campaign}`);
    const { shard, epoch, seedFrom, count: schedules } = claim;
    const completion = { shard, epoch, worker, result: sampleResult(seedFrom, schedules) };
    await completeShard(db, completion, new Failpoints());
  }
  // More digits than a double keeps.
  await db.query('UPDATE campaign SET virtual_time = 9223372036854775807');
  await db.close();
  file = join(folder, 'all.jsonl.gz');
  count = await writeAll(source.url, file);
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  for (const database of opened) await database.drop();
});

const linesOf = (path: string): string[] =>
  gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');

/** Everything that is stored, in an order of its own. */
async function contents(url: string): Promise<string[]> {
  const path = join(folder, `${randomUUID()}.gz`);
  await writeAll(url, path);
  const [head = '', ...rows] = linesOf(path);
  return [head, ...rows.sort()];
}

function changed(change: (lines: string[]) => string[]): string {
  const path = join(folder, `${randomUUID()}.gz`);
  writeFileSync(path, gzipSync(`${change(linesOf(file)).join('\n')}\n`));
  return path;
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

describe('an import', () => {
  it('brings back every row to the digit, and goes on where the numbers stood', async () => {
    const url = await newDatabase();
    expect(await importInto(url, file, false)).toBe(count);
    expect(count).toBeGreaterThan(20);
    expect(await contents(url)).toEqual(await contents(source.url));
    const db = await Database.open({ url });
    const id = await sampleCampaign(db, [await sampleProgram(db, 'after')]);
    await db.close();
    expect(id).toBe(2);
  });

  it('is refused by a database that holds something, unless that is to be replaced', async () => {
    const url = await newDatabase();
    await importInto(url, file, false);
    await expect(importInto(url, file, false)).rejects.toThrow(/holds data .*--replace/);
    expect(await importInto(url, file, true)).toBe(count);
    expect(await contents(url)).toEqual(await contents(source.url));
  });

  it('is refused while somebody is connected', async () => {
    const url = await newDatabase();
    await withClient(url, async () => {
      await expect(importInto(url, file, true)).rejects.toThrow('Others are connected');
    });
  });

  it('of an older version is migrated, of a newer one refused', async () => {
    const names = migrationNames();
    const older = names.filter((name) => !name.endsWith('_trace_parent'));
    const url = await newDatabase();
    const old = changed(([head = '', ...rows]) => [
      JSON.stringify({ ...(JSON.parse(head) as object), migrations: older }),
      ...rows.map((row) => row.replace(/, "trace_parent": null|"trace_parent": null, /, '')),
    ]);
    expect(linesOf(old).join('')).not.toContain('trace_parent"');
    expect(await importInto(url, old, false)).toBe(count);
    expect(await contents(url)).toEqual(await contents(source.url));
    expect(await applyMigrations(url)).toEqual([]);
    const newer = changed(([head = '', ...rows]) => [
      head.replace(`"${names[0] ?? ''}"`, '"99991231000000_later"'),
      ...rows,
    ]);
    await expect(importInto(url, newer, true)).rejects.toThrow('99991231000000_later');
    const format = changed(([head = '', ...rows]) => [
      head.replace('"lastrefExport":1', '"lastrefExport":2'),
      ...rows,
    ]);
    await expect(importInto(url, format, true)).rejects.toThrow('format 2');
    expect(await contents(url)).toEqual(await contents(source.url));
  });

  it('of a file that breaks off, or in which something refers to nothing, leaves nothing', async () => {
    const url = await newDatabase();
    const whole = readFileSync(file);
    const cut = join(folder, 'cut.gz');
    writeFileSync(cut, whole.subarray(0, whole.length - 40));
    await expect(importInto(url, cut, false)).rejects.toThrow('breaks off');
    const orphan = changed((lines) => lines.filter((line) => !line.includes('"table":"program"')));
    await expect(importInto(url, orphan, false)).rejects.toThrow(/foreign key/);
    const [, ...rows] = await contents(url);
    expect(rows).toEqual([]);
    expect(await importInto(url, file, false)).toBe(count);
  });

  it('of something else is refused', async () => {
    const url = await newDatabase();
    const other = join(folder, 'other.gz');
    writeFileSync(other, gzipSync('{"a":1}\n'));
    await expect(importInto(url, other, false)).rejects.toThrow('is no file that data:export');
    writeFileSync(other, 'not gzipped');
    await expect(importInto(url, other, false)).rejects.toThrow('is no file that data:export');
  });
});
