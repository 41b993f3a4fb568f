/** What is wrong with a database, from what it says of itself. */
import type { Check } from '@lastref/contracts';
import type { DatabaseFacts } from '@lastref/storage';
import { fault, ok, warning } from './verdicts.js';

const SKEW_MS = 2_000;
const CONNECTIONS_SHARE = 0.9;
const GIB = 1024 ** 3;

/** `nowMs`: this process' clock; `known`: the migrations of this build, if it has them at hand. */
export function judgeDatabase(
  facts: DatabaseFacts,
  nowMs: number,
  known: readonly string[] | undefined,
): Check[] {
  return [reached(facts), migrated(facts, known), clock(facts, nowMs), connections(facts)];
}

function reached({ version, bytes, readOnly }: DatabaseFacts): Check {
  const found = `PostgreSQL ${version}, ${(bytes / GIB).toFixed(2)} GiB`;
  if (!readOnly) return ok('database', found);
  return fault(
    'database',
    `${found}, and it only lets itself be read`,
    'DATABASE_URL must name the primary server, with default_transaction_read_only off.',
  );
}

function migrated(facts: DatabaseFacts, known: readonly string[] | undefined): Check {
  const { migrations, unfinishedMigrations } = facts;
  const name = 'schema';
  const migrate = 'Run `node tools/migrate.mjs` with its DATABASE_URL, or start with npm start.';
  if (unfinishedMigrations > 0)
    return fault(name, `${unfinishedMigrations} migrations were begun and not ended`, migrate);
  if (known === undefined)
    return ok(name, `${migrations.length} migrations, the last ${migrations.at(-1) ?? 'none'}`);
  const missing = known.filter((one) => !migrations.includes(one));
  if (missing.length > 0) return fault(name, `${missing.join(', ')} not applied`, migrate);
  const newer = migrations.filter((one) => !known.includes(one));
  if (newer.length > 0)
    return warning(
      name,
      `it is newer than this control plane, which does not know ${newer.join(', ')}`,
      'Update this control plane: git pull, then restart it.',
    );
  return ok(name, `all ${known.length} migrations applied`);
}

function clock({ now, zone }: DatabaseFacts, nowMs: number): Check {
  const skewMs = Math.abs(now.getTime() - nowMs);
  if (zone !== 'UTC')
    return fault('clock', `sessions run in ${zone}, not in UTC`, 'Remove TimeZone from its role.');
  if (skewMs <= SKEW_MS) return ok('clock', `UTC, within ${SKEW_MS} ms of the control plane's`);
  return warning(
    'clock',
    `the database's is ${Math.round(skewMs / 1_000)} s off the control plane's`,
    'Leases are by the database alone, so nothing is lost; set both machines by NTP, or logs will not fit.',
  );
}

function connections({ connections: used, mostConnections: most }: DatabaseFacts): Check {
  const found = `${used} of ${most} in use`;
  if (used < most * CONNECTIONS_SHARE) return ok('connections', found);
  const advice = 'Raise max_connections (10 for each worker and control plane), or use PgBouncer.';
  return warning('connections', found, advice);
}
