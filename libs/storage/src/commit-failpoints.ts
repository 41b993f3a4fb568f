/**
 * Two ways for a COMMIT to lose its answer, made deterministic for tests. `commit-unsent`: the server ends
 * the connection before COMMIT arrives, so nothing happened. `commit-unread`: COMMIT happened and the caller
 * sees a broken connection. From inside the process the two look the same.
 */
import type { CommitHooks, Queryable } from './database/database.js';
import type { Failpoints } from './failpoints.js';

const OWN_BACKEND = `SELECT pg_backend_pid() AS pid`;
const TERMINATE = `SELECT pg_terminate_backend($1, 5000)`;

export function commitHooks(db: Queryable, failpoints: Failpoints | undefined): CommitHooks {
  if (failpoints === undefined) return {};
  return {
    beforeCommit: async (tx) => {
      if (!failpoints.take('commit-unsent')) return;
      const [row] = await tx.query<{ pid: number }>(OWN_BACKEND);
      await db.query(TERMINATE, [row?.pid]);
    },
    afterCommit: () => {
      if (failpoints.take('commit-unread')) throw new Error('Connection terminated (failpoint)');
    },
  };
}
