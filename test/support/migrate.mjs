// Brings a database to the schema of this tree, in the way a start does.
import { applyMigrations } from '../../tools/data/migrations.mjs';

/** @param {string} databaseUrl @returns {Promise<void>} */
export async function migrate(databaseUrl) {
  await applyMigrations(databaseUrl);
}
