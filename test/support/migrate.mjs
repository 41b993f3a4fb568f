// Brings a database to the schema of this tree, with the same command that a start uses.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { outputOf } from '../../tools/errors.mjs';

const PRISMA = fileURLToPath(new URL('../../tools/prisma.mjs', import.meta.url));

/** @param {string} databaseUrl @returns {Promise<void>} */
export async function migrate(databaseUrl) {
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  try {
    await promisify(execFile)(process.execPath, [PRISMA, 'migrate', 'deploy'], { env });
  } catch (error) {
    throw new Error(`The migrations do not apply:\n${outputOf(error)}`);
  }
}
