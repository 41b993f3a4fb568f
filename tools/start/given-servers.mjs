// Servers that the caller gives by DATABASE_URL or REDIS_URL: tried before anything is started on them, so that a wrong
// address or password is one line now and not a minute of waiting. Passwords never appear in the line.
import { Redis } from 'ioredis';
import pg from 'pg';
import { codeOf, messageOf, withoutPasswords } from '../errors.mjs';

const CONNECT_TIMEOUT_MS = 5000;
/** What is of another form a client may take for the path of a socket, and quote whole. */
const FORMS = {
  DATABASE_URL: { form: /^postgres(ql)?:\/\//, begins: 'postgresql://' },
  REDIS_URL: { form: /^rediss?:\/\//, begins: 'redis:// or rediss://' },
};
const WAY_OUT = 'Correct it, or unset it to use our own server.';

/** @returns {Promise<string | undefined>} undefined when DATABASE_URL is not set */
export function givenDatabase() {
  return given('DATABASE_URL', async (url) => {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    await client.connect();
    await client.end();
  });
}

/** @returns {Promise<string | undefined>} undefined when REDIS_URL is not set */
export function givenRedis() {
  return given('REDIS_URL', async (url) => {
    const redis = new Redis(url, {
      lazyConnect: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
      retryStrategy: () => null,
    });
    /** @type {unknown[]} */
    const causes = [];
    redis.on('error', (error) => causes.push(error));
    try {
      await redis.connect();
      await redis.ping();
      const [, policy] = await redis.config('GET', 'maxmemory-policy').catch(() => []);
      if (policy !== undefined && policy !== 'noeviction') {
        throw new Error(
          `its maxmemory-policy is ${policy}, which loses jobs; it must be noeviction`,
        );
      }
    } catch (error) {
      throw causes[0] ?? error;
    } finally {
      redis.disconnect();
    }
  });
}

/** @param {keyof typeof FORMS} name @param {(url: string) => Promise<void>} attempt */
async function given(name, attempt) {
  const { form, begins } = FORMS[name];
  const url = process.env[name];
  if (!url) return undefined;
  if (!form.test(url)) throw new Error(`${name} must begin with ${begins}. ${WAY_OUT}`);
  try {
    await attempt(url);
    return url;
  } catch (error) {
    const reason = withoutPasswords(reasonOf(error)).replace(/\.$/, '');
    throw new Error(`${name}: ${reason}. ${WAY_OUT}`);
  }
}

/** Several addresses of one host fail together, and their common error has no message of its own. @param {unknown} error */
function reasonOf(error) {
  const first = error instanceof AggregateError ? messageOf(error.errors[0]) : '';
  return messageOf(error) || first || (codeOf(error) ?? 'no reason given');
}
