import { givenDatabase, givenRedis } from '../../tools/start/given-servers.mjs';

const SECRET = 'hunter2';
const NAMES = ['DATABASE_URL', 'REDIS_URL'] as const;
const kept = new Map(NAMES.map((name) => [name, process.env[name]]));

afterEach(() => {
  for (const [name, value] of kept) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

async function refusal(name: (typeof NAMES)[number], url: string): Promise<string> {
  process.env[name] = url;
  const given = name === 'REDIS_URL' ? givenRedis() : givenDatabase();
  return given.then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

describe('a server that is given by its address', () => {
  it.each([
    ['REDIS_URL', `http://:${SECRET}@127.0.0.1:9`],
    ['REDIS_URL', `redis://:${SECRET}@127.0.0.1:9`],
    ['REDIS_URL', `:${SECRET}@127.0.0.1`],
    ['DATABASE_URL', `http://u:${SECRET}@127.0.0.1:9/x`],
    ['DATABASE_URL', `postgresql://u:${SECRET}@127.0.0.1:9/x`],
  ] as const)('is refused in one line without its password: %s=%s', async (name, url) => {
    const message = await refusal(name, url);
    expect(message).toContain(name);
    expect(message).not.toContain(SECRET);
    expect(message).not.toContain('\n');
  });

  it('of another form is told what its form is', async () => {
    expect(await refusal('REDIS_URL', 'http://127.0.0.1:9')).toContain('redis:// or rediss://');
    expect(await refusal('DATABASE_URL', 'mysql://127.0.0.1:9')).toContain('postgresql://');
  });
});
