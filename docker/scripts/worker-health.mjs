// Whether a worker of this host is alive: it has said so in the database within the last 15 seconds. In a container the
// host's name is the container's.
import { hostname } from 'node:os';
import pg from 'pg';

const LIMIT_MS = 4_000;
const ALIVE = `SELECT 1 FROM worker
  WHERE host = $1 AND stopped_at IS NULL AND seen_at > now() - interval '15 seconds' LIMIT 1`;

const client = new pg.Client({
  connectionString: process.env['DATABASE_URL'],
  connectionTimeoutMillis: LIMIT_MS,
  query_timeout: LIMIT_MS,
});
try {
  await client.connect();
  const { rowCount } = await client.query(ALIVE, [hostname()]);
  if (rowCount === 0) throw new Error('no worker of this host has been seen for 15 seconds');
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await client.end().catch(() => undefined);
}
