/**
 * Every raw statement of this library, described by PostgreSQL itself against the migrated schema: the names and types of
 * its columns are the declared ones, and none that is declared without null comes from a column that may hold it.
 * Nothing is executed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import '../index.js';
import { type Column, int4, int8, orNull, statements, text } from './statement.js';

interface Field {
  name: string;
  dataTypeID: number;
  tableID: number;
  columnID: number;
}

/** Parses a statement and asks what its rows are, by the extended protocol. */
class Description {
  private fields: Field[] = [];
  private error: Error | undefined;

  constructor(
    private readonly sql: string,
    private readonly settle: (result: Field[] | Error) => void,
  ) {}

  submit(connection: pg.Connection): void {
    connection.parse({ name: '', text: this.sql, types: [] }, true);
    connection.describe({ type: 'S', name: '' }, true);
    connection.sync();
  }

  handleRowDescription(message: { fields: Field[] }): void {
    this.fields = message.fields;
  }

  handleError(error: Error): void {
    this.error = error;
  }

  handleReadyForQuery(): void {
    this.settle(this.error ?? this.fields);
  }
}

interface Shape {
  name: string;
  oid: number;
  mayBeNull: boolean;
}

let server: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  server = await createTestDatabase();
  client = new pg.Client({ connectionString: server.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await server.drop();
});

function describeFields(sql: string): Promise<Field[]> {
  return new Promise((resolve, reject) => {
    client.query(
      new Description(sql, (result) => {
        if (Array.isArray(result)) resolve(result);
        else reject(result);
      }),
    );
  });
}

async function mayBeNull({ tableID, columnID }: Field): Promise<boolean> {
  const { rows } = await client.query<{ attnotnull: boolean }>(
    `SELECT attnotnull FROM pg_attribute WHERE attrelid = $1 AND attnum = $2`,
    [tableID, columnID],
  );
  return rows[0]?.attnotnull === false;
}

async function shapesOf(sql: string): Promise<Shape[]> {
  const shapes: Shape[] = [];
  for (const field of await describeFields(sql)) {
    const { name, dataTypeID: oid } = field;
    shapes.push({ name, oid, mayBeNull: await mayBeNull(field) });
  }
  return shapes;
}

async function faultsOf(sql: string, columns: Record<string, Column<unknown>>): Promise<string[]> {
  const shapes = await shapesOf(sql);
  const given = new Set(shapes.map((shape) => shape.name));
  const missing = Object.keys(columns).filter((name) => !given.has(name));
  return [
    ...missing.map((name) => `${name} is declared and not given`),
    ...shapes.flatMap(({ name, oid, mayBeNull }) => {
      const column = columns[name];
      if (column === undefined) return [`${name} is given and not declared`];
      if (column.oid !== oid) return [`${name} is of type ${oid}, not ${column.oid}`];
      return mayBeNull && !column.nullable ? [`${name} may be null`] : [];
    }),
  ];
}

const named = statements.map((one) => [one.text.trim().split('\n').slice(0, 2).join(' '), one]);

describe('raw statements', () => {
  it.each(named as [string, (typeof statements)[number]][])('%s', async (_, one) => {
    expect(await faultsOf(one.text, one.columns)).toEqual([]);
  });

  it('are told from wrong ones', async () => {
    const columns = { id: int8, round: int8, stopped: text, cutOff: orNull(int8), gone: int4 };
    const sql = `SELECT c.id, p.round, p.stopped, k.cut_off AS "cutOff", 1 AS more
                   FROM campaign c, campaign_program p, failure_group k`;
    expect(await faultsOf(sql, columns)).toEqual([
      'gone is declared and not given',
      'round is of type 23, not 20',
      'stopped may be null',
      'more is given and not declared',
    ]);
  });

  it('are the only SQL there is, and each file with some says what Prisma cannot say', () => {
    const root = join(__dirname, '..');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.startsWith('generated'),
    );
    const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
    const raw = [...texts].filter(([, source]) =>
      /`\s*(?:SELECT|WITH|UPDATE|INSERT|DELETE)\b/.test(source),
    );
    expect(raw.length).toBeGreaterThan(20);
    for (const [file, source] of raw) {
      const header = source.slice(0, source.indexOf('*/'));
      expect([file, source.includes('statement(') && /\b[Rr]aw\b/.test(header)]).toEqual([
        file,
        true,
      ]);
    }
  });
});
