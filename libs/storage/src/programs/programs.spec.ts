import { createHash } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { Database } from '../database/database.js';
import { listCurrentPrograms } from './list-current-programs.js';
import {
  type AddressClaim,
  findProgram,
  findProgramAt,
  listPrograms,
  storeProgram,
  type StoreProgramResult,
} from './programs.js';

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

const MOST = 3;

function store(bytes: string): Promise<StoreProgramResult> {
  const digest = createHash('sha256').update(bytes, 'utf8').digest('hex');
  const place = { scenario: 's', variant: 'buggy', caseName: 'main', address: 's/buggy/main' };
  const program = { digest, ...place, title: bytes, format: 1, semantics: 1, bytes };
  return storeProgram(db, program, { most: MOST });
}

describe('storing programs', () => {
  it('makes one of ten requests at once with one program', async () => {
    const results = await Promise.all(Array.from({ length: 10 }, () => store('one')));
    expect(results.filter((result) => result.kind === 'created')).toHaveLength(1);
    expect(results.filter((result) => result.kind === 'repeated')).toHaveLength(9);
  });

  it('stores no more than may be, also when requests race, and still finds those that stand', async () => {
    const others = Array.from({ length: 6 }, (_, place) => `other ${place}`);
    const results = await Promise.all(others.map(store));
    expect(results.filter((result) => result.kind === 'created')).toHaveLength(MOST - 1);
    expect(results.filter((result) => result.kind === 'too-many')).toHaveLength(4);
    expect(await listPrograms(db, { limit: 10 })).toHaveLength(MOST);
    expect((await store('one')).kind).toBe('repeated');
  });
});

describe('an address', () => {
  const push = async (
    bytes: string,
    address: string,
    claim: AddressClaim = 'pushed',
  ): Promise<string> => {
    const digest = createHash('sha256').update(bytes, 'utf8').digest('hex');
    const place = { scenario: 'a', variant: 'b', caseName: 'c', address };
    const program = { digest, ...place, title: bytes, format: 1, semantics: 1, bytes };
    await storeProgram(db, program, { claim });
    return digest;
  };
  const meant = async (address: string): Promise<unknown> => {
    const found = await findProgramAt(db, address);
    const listed = (await listCurrentPrograms(db)).find((one) => one.address === address);
    expect(listed?.digest).toBe(found?.digest);
    return found && [found.title, found.version];
  };

  it('means what was pushed last: A, B, A is A', async () => {
    for (const [place, bytes] of ['A', 'B', 'A', 'A'].entries()) {
      await push(bytes, 'x/y/aba');
      expect(await meant('x/y/aba')).toEqual([bytes, Math.min(place + 1, 3)]);
    }
  });

  it('of a built-in means its newest built-in, whatever else is pushed, and digests stay', async () => {
    const foreign = await push('foreign', 'x/y/built', 'unnamed');
    expect(await meant('x/y/built')).toBeNull();
    const first = await push('built in 1', 'x/y/built', 'built-in');
    expect(await meant('x/y/built')).toEqual(['built in 1', 1]);
    await push('foreign', 'x/y/built', 'unnamed');
    await push('pushed before there was a built-in', 'x/y/built', 'pushed');
    expect(await meant('x/y/built')).toEqual(['built in 1', 1]);
    await push('built in 2', 'x/y/built', 'built-in');
    expect(await meant('x/y/built')).toEqual(['built in 2', 3]);
    for (const digest of [foreign, first]) expect(await findProgram(db, digest)).not.toBeNull();
  });

  it('becomes a built-in’s although the very program was pushed there before', async () => {
    await push('the same', 'x/y/later', 'pushed');
    await push('the same', 'x/y/later', 'built-in');
    await push('another', 'x/y/later', 'pushed');
    expect(await meant('x/y/later')).toEqual(['the same', 2]);
  });

  it('has one version after another when pushes race', async () => {
    const all = Array.from({ length: 8 }, (_, place) => `racing ${place}`);
    await Promise.all(all.map((bytes) => push(bytes, 'x/y/race')));
    const rows = await db.query<{ version: number }>(
      `SELECT version FROM program WHERE address = 'x/y/race' ORDER BY 1`,
    );
    expect(rows.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
