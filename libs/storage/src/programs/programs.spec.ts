import { createHash } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { Database } from '../database/database.js';
import { listPrograms, storeProgram, type StoreProgramResult } from './programs.js';

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
  return storeProgram(db, program, MOST);
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
