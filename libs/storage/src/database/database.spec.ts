import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { eventually } from '../../../../test/support/eventually.js';
import { sampleProgram } from '../../../../test/support/sample-shards.js';
import { findProgram } from '../programs/programs.js';
import { Database } from './database.js';
import { isTransient } from './errors.js';

let server: TestDatabase;
let db: Database;
const broken: Error[] = [];

beforeAll(async () => {
  server = await createTestDatabase();
  db = await Database.open({ url: server.url, onConnectionError: (error) => broken.push(error) });
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

describe('the connection', () => {
  it('runs in UTC with its time limits', async () => {
    const rows = await db.query(
      `SELECT current_setting('TimeZone') AS zone, current_setting('statement_timeout') AS statement,
              current_setting('lock_timeout') AS lock,
              current_setting('idle_in_transaction_session_timeout') AS idle`,
    );
    expect(rows).toEqual([{ zone: 'UTC', statement: '5s', lock: '2s', idle: '5s' }]);
  });

  it('looks for peers that are gone without a word, on both ends', async () => {
    const [server] = await db.query(
      `SELECT current_setting('tcp_keepalives_idle') AS idle,
              current_setting('tcp_keepalives_interval') AS interval,
              current_setting('tcp_keepalives_count') AS probes`,
    );
    expect(server).toEqual({ idle: '10', interval: '5', probes: '3' });
  });

  it('loses a transaction that stops in the middle, and what it has locked is free', async () => {
    const digest = await sampleProgram(db);
    let goOn = (): void => undefined;
    const stopped = db.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM program WHERE digest = $1 FOR UPDATE', [digest]);
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      await tx.query('SELECT 1');
    });
    const lost = expect(stopped).rejects.toThrow();
    await eventually(() =>
      db
        .query('SELECT 1 FROM program WHERE digest = $1 FOR UPDATE', [digest])
        .catch(() => undefined),
    );
    goOn();
    await lost;
  }, 30_000);

  it('reads the same instant by Prisma and by SQL, whatever the zone of the host', async () => {
    const digest = await sampleProgram(db);
    const [row] = await db.query<{ ms: number; at: Date }>(
      `SELECT (extract(epoch FROM created_at) * 1000)::int8 AS ms, created_at AS at
         FROM program WHERE digest = $1`,
      [digest],
    );
    const stored = await findProgram(db, digest);
    expect([stored?.createdAt.getTime(), row?.at.getTime()]).toEqual([row?.ms, row?.ms]);
  });

  it('refuses an integer that a number cannot hold', async () => {
    await expect(db.query('SELECT 9007199254740993::int8 AS big')).rejects.toThrow(
      '9007199254740993 is not a safe integer',
    );
    expect(await db.query(`SELECT '{1,2}'::int8[] AS list, '{}'::int8[] AS none`)).toEqual([
      { list: [1, 2], none: [] },
    ]);
  });

  it('survives the loss of its idle connections', async () => {
    broken.length = 0;
    await db.query('SELECT 1');
    const other = await Database.open({ url: server.url });
    await other.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
          AND backend_type = 'client backend'`,
    );
    await other.close();
    await eventually(() => Promise.resolve(broken.length > 0));
    expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('rolls back a transaction that fails', async () => {
    const failing = db.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO signature (digest, text, kind, report) VALUES (repeat('0', 64), 'x@y', 'x', false)`,
      );
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await db.query(`SELECT id FROM signature`)).toEqual([]);
  });
});

describe('an error that passes by itself', () => {
  it('is the same by Prisma as by SQL', async () => {
    const key = { scope: 's', key: 'k', requestDigest: 'a'.repeat(64), resource: '1' };
    const make = (): Promise<unknown> => db.prisma.idempotencyKey.create({ data: key });
    await make();
    const lockedOut = db.transaction(async (tx) => {
      await tx.query('LOCK TABLE idempotency_key');
      await make();
    });
    const cutOff = db.prismaTransaction(
      ({ prisma }) => prisma.$executeRaw`SELECT pg_terminate_backend(pg_backend_pid())`,
    );
    const judged = (failing: Promise<unknown>): Promise<unknown> =>
      failing.then(
        () => 'no error',
        (error: unknown) => isTransient(error),
      );
    expect(await Promise.all([judged(lockedOut), judged(cutOff)])).toEqual([true, true]);
    expect(await judged(make())).toBe(false);
  });

  it('is a lost connection, a timeout or a deadlock; not a mistake', async () => {
    const cases: [string, boolean][] = [
      [`SELECT pg_terminate_backend(pg_backend_pid())`, true],
      [`SET LOCAL statement_timeout = 20; SELECT pg_sleep(1)`, true],
      [`DO 'BEGIN RAISE disk_full;END'`, true],
      [`SELECT 1 / 0`, false],
      [`SELECT nothing FROM nowhere`, false],
    ];
    for (const [statement, transient] of cases) {
      const error: unknown = await db
        .transaction(async (tx) => {
          for (const part of statement.split('; ')) await tx.query(part);
        })
        .catch((reason: unknown) => reason);
      expect([statement, isTransient(error)]).toEqual([statement, transient]);
    }
  });
});
