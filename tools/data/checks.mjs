// Reasons not to start on a data folder, each with its way out: too little disk, a folder of another PostgreSQL major
// (its files cannot be read), a schema newer than this clone (its data could not be understood).
import { statfsSync } from 'node:fs';
import { majorOf } from '../servers/postgres-folder.mjs';
import { appliedMigrations, migrationNames } from './migrations.mjs';

const FREE_BYTES_MIN = 1024 ** 3;

/** @param {import('./folder.mjs').DataFolder} folder */
export function requireFreeDisk(folder) {
  const { bavail, bsize } = statfsSync(folder.path);
  const free = bavail * bsize;
  if (free >= FREE_BYTES_MIN) return;
  throw new Error(
    `Only ${Math.floor(free / 1024 ** 2)} MiB are free at ${folder.path}; Lastref wants 1024. ` +
      'Free some, or set LASTREF_DATA to a folder on another disk.',
  );
}

/** @param {import('./folder.mjs').DataFolder} folder @param {number} major of the PostgreSQL at hand */
export function requireSameMajor(folder, major) {
  const made = majorOf(folder.postgres);
  if (made === undefined || made === major) return;
  throw new Error(
    `${folder.path} was made with PostgreSQL ${made}; this clone brings ${major}, which cannot read it. ` +
      'With the version that made it, save what you need (npm run data:export). ' +
      'Then begin anew: npm run data:reset here, or set LASTREF_DATA to a new folder.',
  );
}

/**
 * @param {string} databaseUrl
 * @returns {Promise<{ pending: boolean }>} whether migrations of this clone are still to be applied
 */
export async function compareSchema(databaseUrl) {
  const known = new Set(migrationNames());
  const applied = await appliedMigrations(databaseUrl);
  const unknown = applied.filter((migration) => !known.has(migration.name));
  const [first] = unknown;
  if (first !== undefined) {
    throw new Error(
      `The database has a newer schema than this clone (it knows no migration ${first.name}). ` +
        'Update the clone (git pull), or set LASTREF_DATA or DATABASE_URL to another database.',
    );
  }
  const finished = applied.filter((migration) => migration.finished);
  return { pending: finished.length < known.size || finished.length < applied.length };
}
