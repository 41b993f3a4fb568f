import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const root = join(__dirname, '..', '..');

describe('the migrations', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });

  it('lead to exactly the schema that the client is generated from', async () => {
    const difference = ['--from-config-datasource', '--to-schema', 'prisma/schema.prisma'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(root, 'tools', 'prisma.mjs'), 'migrate', 'diff', ...difference],
      { env: { ...process.env, DATABASE_URL: database.url } },
    );
    expect(stdout.trim()).toBe('No difference detected.');
  });
});
