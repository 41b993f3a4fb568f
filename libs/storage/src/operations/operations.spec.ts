import type { Search } from '@lastref/contracts';
import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { runToTheEnd } from '../../../../test/support/sample-bugs.js';
import {
  DEADLOCK,
  sampleCampaign,
  sampleProgram,
  SAMPLE_SEMANTICS,
} from '../../../../test/support/sample-shards.js';
import { Database } from '../database/database.js';
import { LOST_BEFORE_ALONE, LOST_LEASES, REPORTED_FAILURES } from '../limits.js';
import { listStatuses } from '../matrix/statuses.js';
import { claimOperation, type ClaimedOperation } from './claim-operation.js';
import { completeOperation, type OperationOutcome } from './complete-operation.js';
import { createOperation } from './create-operation.js';
import { cancelOperation, resumeOperation } from './end-operation.js';
import { failOperation } from './fail-operation.js';
import { findOperation, listOperations } from './operations.js';
import { releaseOperation } from './release-operation.js';
import { renewOperations } from './renew-operations.js';
import { sweepOperations } from './sweep-operations.js';
import { takeOperations } from './take-operations.js';

const WORKER = randomUUID();
const OTHER = randomUUID();
const LONG = 60_000;
const EXPIRED = -1;
const WORK = { kind: 'prove', maxStates: 1_000, symmetry: false, reduce: false } as const;

let server: TestDatabase;
let db: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  db = await Database.open({ url: server.url });
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

async function operation(background = false, program?: string): Promise<number> {
  const digest = program ?? (await sampleProgram(db));
  const result = await createOperation(db, { program: digest, work: WORK, background });
  if (result.kind !== 'created') throw new Error(result.kind);
  return result.id;
}

interface ClaimOptions {
  leaseMs?: number;
  worker?: string;
  alone?: boolean;
}

function claim(id: number, options: ClaimOptions = {}): Promise<ClaimedOperation | null> {
  const { leaseMs = LONG, worker = WORKER, alone = false } = options;
  return claimOperation(db, { operation: id, worker, leaseMs, semantics: SAMPLE_SEMANTICS, alone });
}

async function leased(id: number, options: ClaimOptions = {}): Promise<ClaimedOperation> {
  const lease = await claim(id, options);
  if (lease === null) throw new Error('somebody else has it');
  return lease;
}

const search = (program: string, change: Partial<Search> = {}): Search => ({
  program,
  address: 'sample/buggy/main',
  complete: true,
  limit: null,
  states: 7,
  transitions: 9,
  symmetry: false,
  reduced: false,
  frontier: 0,
  depth: 3,
  bytesPerState: 8,
  stateKeys: 'a'.repeat(64),
  ends: { clean: 1, failed: 1, outside: 0 },
  failures: [DEADLOCK],
  pollers: [],
  reports: [],
  reached: [],
  missed: [],
  unexecuted: [],
  idleTasks: [],
  ...change,
});

function complete(id: number, found: Search): Promise<OperationOutcome> {
  const result = JSON.stringify(found);
  return completeOperation(db, { operation: id, result, progress: found.states, search: found });
}

const found = async (
  id: number,
): Promise<NonNullable<Awaited<ReturnType<typeof findOperation>>>> => {
  const row = await findOperation(db, id);
  if (row === null) throw new Error('it is gone');
  return row;
};

/** Everything that waits is sent, so that it is in no other test's way. */
const takeAll = (): ReturnType<typeof takeOperations> =>
  takeOperations(db, 1_000, SAMPLE_SEMANTICS);

describe('an operation', () => {
  it('is sent, leased by one worker, and counted once', async () => {
    await takeAll();
    const id = await operation();
    const [job, more] = await takeAll();
    expect([job?.operation, job?.delivery, job?.alone, more]).toEqual([id, 1, false, undefined]);
    const lease = await leased(id);
    expect(lease).toMatchObject({ operation: id, epoch: 1, work: WORK, failures: 0 });
    expect(await claim(id, { worker: OTHER })).toBeNull();
    const held = [{ operation: id, epoch: 1, progress: 5 }];
    expect(await renewOperations(db, OTHER, held, LONG)).toEqual([]);
    expect(await renewOperations(db, WORKER, held, LONG)).toEqual([{ operation: id, epoch: 1 }]);
    expect(await found(id)).toMatchObject({ state: 'running', progress: 5, result: null });
    expect(await complete(id, search(lease.program))).toBe('counted');
    expect(await complete(id, search(lease.program))).toBe('repeated');
    expect(await complete(id, search(lease.program, { states: 8 }))).toBe('incident');
    const subject = `operation ${id} has two results`;
    expect(await db.prisma.incident.count({ where: { subject } })).toBe(1);
    expect(await found(id)).toMatchObject({
      state: 'done',
      result: JSON.stringify(search(lease.program)),
    });
    expect(await db.prisma.proof.count({ where: { operationId: id } })).toBe(1);
    expect(await claim(id)).toBeNull();
  });

  it('is taken over when its lease expires, and the first result counts', async () => {
    const id = await operation();
    const first = await leased(id, { leaseMs: EXPIRED });
    const second = await leased(id, { worker: OTHER });
    expect(second.epoch).toBe(2);
    await releaseOperation(db, WORKER, first);
    expect(await found(id)).toMatchObject({ state: 'running' });
    expect(await complete(id, search(first.program))).toBe('counted');
    expect(await failOperation(db, OTHER, second, 'late', true)).toBeNull();
    expect(await complete(id, search(second.program))).toBe('repeated');
  });

  it('fails with its messages when workers end again and again while they run it', async () => {
    const id = await operation();
    for (let lost = 0; lost < LOST_LEASES; lost += 1) {
      const alone = lost >= LOST_BEFORE_ALONE;
      if (alone) expect(await claim(id)).toBeNull();
      await takeAll();
      await leased(id, { leaseMs: EXPIRED, alone });
      const swept = await sweepOperations(db);
      expect(swept).toEqual([{ id, state: lost + 1 < LOST_LEASES ? 'waiting' : 'failed' }]);
    }
    const { state, messages, endedAt } = await found(id);
    expect([state, messages.length, endedAt === null]).toEqual(['failed', LOST_LEASES, false]);
    expect(messages[0]).toBe('the worker ended, or made no progress, while it ran');
  });

  it('is to be run alone once it has lost many leases', async () => {
    await takeAll();
    const id = await operation();
    for (let lost = 0; lost < LOST_BEFORE_ALONE; lost += 1) {
      await leased(id, { leaseMs: EXPIRED });
      await sweepOperations(db);
    }
    expect((await takeAll()).map((job) => [job.operation, job.alone])).toEqual([[id, true]]);
  });

  it('may fail in a thread so often, and then has; a refusal is final at once', async () => {
    const id = await operation();
    for (let report = 1; report < REPORTED_FAILURES; report += 1) {
      expect(await failOperation(db, WORKER, await leased(id), `try ${report}`, false)).toBe(
        'waiting',
      );
    }
    expect((await leased(id)).failures).toBe(REPORTED_FAILURES - 1);
    const last = { operation: id, epoch: REPORTED_FAILURES };
    expect(await failOperation(db, WORKER, last, 'the last', false)).toBe('failed');
    expect((await found(id)).messages).toEqual(['try 1', 'try 2', 'the last']);
    const refused = await operation();
    expect(await failOperation(db, WORKER, await leased(refused), 'no', true)).toBe('failed');
  });

  it('that is cancelled takes no result, and starts again when it is resumed', async () => {
    const id = await operation();
    const lease = await leased(id);
    expect(await cancelOperation(db, id)).toBe(true);
    expect(await cancelOperation(db, id)).toBe(false);
    expect(await renewOperations(db, WORKER, [{ ...lease, progress: 1 }], LONG)).toEqual([]);
    expect(await complete(id, search(lease.program))).toBe('dropped');
    expect(await claim(id)).toBeNull();
    expect(await resumeOperation(db, id)).toBe(true);
    expect(await resumeOperation(db, id)).toBe(false);
    expect(await found(id)).toMatchObject({ state: 'waiting', endedAt: null });
    expect(await complete(id, search((await leased(id)).program))).toBe('counted');
    expect(await resumeOperation(db, id)).toBe(false);
  });

  it('of the background waits for a moment without a campaign, and goes last', async () => {
    await takeAll();
    const behind = await operation(true);
    const asked = await operation();
    const campaign = await sampleCampaign(db, [await sampleProgram(db)], { schedules: 100 });
    expect((await takeAll()).map((job) => job.operation)).toEqual([asked]);
    await db.query(`UPDATE campaign SET state = 'cancelled' WHERE id = $1`, [campaign]);
    const later = await operation();
    expect((await takeAll()).map((job) => job.operation)).toEqual([later, behind]);
  });

  it('of a program that no live worker runs is not sent', async () => {
    await takeAll();
    const id = await operation(false, await sampleProgram(db, 'sample', 999));
    expect(await takeAll()).toEqual([]);
    expect(await claim(id)).toBeNull();
  });

  it('is made once for a key, and not beside too many', async () => {
    const program = await sampleProgram(db);
    const request = { scope: 'operations', key: randomUUID(), requestDigest: 'b'.repeat(64) };
    const make = (key = request, mostOpen = 1_000): ReturnType<typeof createOperation> =>
      createOperation(db, { program, work: WORK }, { key, mostOpen });
    const first = await make();
    expect(await make()).toEqual({ ...first, kind: 'repeated' });
    expect((await make({ ...request, requestDigest: 'c'.repeat(64) })).kind).toBe('key-conflict');
    const other = { ...request, key: randomUUID() };
    expect((await make(other, 1)).kind).toBe('too-many');
    expect((await make(other)).kind).toBe('created');
    const listed = await listOperations(db, { limit: 2 }, 'waiting');
    expect(listed.map((row) => row.program)).toEqual([program, program]);
    const unknown = { program: 'f'.repeat(64), work: WORK };
    expect((await createOperation(db, unknown)).kind).toBe('unknown-program');
  });
});

describe('what is known of a program', () => {
  it('adds up what campaigns sampled, with the signatures they met', async () => {
    const program = await sampleProgram(db);
    for (let time = 0; time < 2; time += 1) {
      await runToTheEnd(db, await sampleCampaign(db, [program], { schedules: 300 }));
    }
    const status = (await listStatuses(db, [program])).get(program);
    expect(status).toMatchObject({
      schedules: 600,
      failing: 60,
      failures: [DEADLOCK],
      proof: null,
    });
    expect(status?.reports).toHaveLength(1);
  });

  it('is the proof that says most: one that is complete, else the one that saw more', async () => {
    const program = await sampleProgram(db);
    const prove = async (states: number, done: boolean): Promise<number> => {
      const id = await operation(false, program);
      const change = { states, complete: done, limit: done ? null : ('states' as const) };
      expect(await complete(id, search(program, change))).toBe('counted');
      return id;
    };
    const shown = async (): Promise<number | undefined> =>
      (await listStatuses(db, [program])).get(program)?.proof?.operation;
    const small = await prove(10, false);
    expect(await shown()).toBe(small);
    const larger = await prove(20, false);
    await prove(15, false);
    expect(await shown()).toBe(larger);
    const whole = await prove(12, true);
    await prove(30, false);
    expect(await shown()).toBe(whole);
  });
});
