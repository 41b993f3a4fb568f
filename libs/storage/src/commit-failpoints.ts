/**
 * Two ways for a COMMIT to lose its answer, made deterministic for tests. `commit-unsent`: the server ends
 * the connection before COMMIT arrives, so nothing happened. `commit-unread`: COMMIT happened and the caller
 * sees a broken connection. From inside the process the two look the same.
 * Raw, because it asks for its own connection.
 */
import type { CommitHooks, Queryable } from './database/database.js';
import type { Failpoints } from './failpoints.js';
import { bool, int4, statement } from './database/statement.js';

const OWN_BACKEND = statement({ pid: int4 }, `SELECT pg_backend_pid() AS pid`);
const TERMINATE = statement(
  { pg_terminate_backend: bool },
  `SELECT pg_terminate_backend($1, 5000)`,
);

export function commitHooks(db: Queryable, failpoints: Failpoints | undefined): CommitHooks {
  if (failpoints === undefined) return {};
  return {
    beforeCommit: async (tx) => {
      if (!failpoints.take('commit-unsent')) return;
      const [row] = await tx.run(OWN_BACKEND);
      await db.run(TERMINATE, [row?.pid]);
    },
    afterCommit: () => {
      if (failpoints.take('commit-unread')) throw new Error('Connection terminated (failpoint)');
    },
  };
}
