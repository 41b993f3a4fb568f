/** What is wrong with a Redis, from what it says of itself. Losing it loses no work, so little is a fault. */
import type { Check } from '@lastref/contracts';
import type { RedisFacts } from '@lastref/queue';
import { fault, ok, warning } from './verdicts.js';

const LEAST_VERSION = [6, 2] as const;
const FULL_SHARE = 0.9;
const MIB = 1024 ** 2;

export function judgeRedis(facts: RedisFacts): Check[] {
  return [version(facts), policy(facts), persistence(facts), memory(facts)];
}

function version({ version: text }: RedisFacts): Check {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  const [leastMajor, leastMinor] = LEAST_VERSION;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor))
    return ok('redis', `Redis ${text}`);
  return fault('redis', `Redis ${text}`, `Use ${LEAST_VERSION.join('.')} or newer.`);
}

function policy({ evictionPolicy }: RedisFacts): Check {
  const found = `maxmemory-policy is ${evictionPolicy}`;
  if (evictionPolicy === 'noeviction') return ok('redis eviction', found);
  const advice =
    'Set maxmemory-policy noeviction in its configuration: it throws jobs away otherwise.';
  return fault('redis eviction', found, advice);
}

function persistence({ appendOnly, lastWriteOk }: RedisFacts): Check {
  const name = 'redis persistence';
  if (!lastWriteOk)
    return fault(
      name,
      'its last write to disk failed',
      'See its log; most often its disk is full.',
    );
  if (appendOnly) return ok(name, 'append-only file');
  return warning(
    name,
    'no append-only file',
    'Set appendonly yes: nothing is lost without, but a restart delays what was queued by some seconds.',
  );
}

function memory({ usedBytes, mostBytes }: RedisFacts): Check {
  const used = `${Math.ceil(usedBytes / MIB)} MiB used`;
  if (mostBytes === 0) return ok('redis memory', `${used}, no limit`);
  const found = `${used} of ${Math.floor(mostBytes / MIB)} MiB`;
  if (usedBytes < mostBytes * FULL_SHARE) return ok('redis memory', found);
  const advice = 'Raise maxmemory: when it is full, no shard can be announced.';
  return fault('redis memory', found, advice);
}
