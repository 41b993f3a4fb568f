/** Which installation the database is: a number made once, by the migration. Part of the name of everything it has in Redis. */
import assert from 'node:assert';
import type { Store } from '../database/database.js';

export async function readInstallation({ prisma }: Store): Promise<string> {
  const row = await prisma.installation.findFirst();
  assert(row !== null, 'the migrations give every database a number');
  return row.id;
}
