// The generated Prisma client is current when it was made from this schema by this version of Prisma.
import { existsSync } from 'node:fs';
import { inRoot, stampFolder } from './places.mjs';
import { runQuietly } from './run-quietly.mjs';
import { contentDigest, readStamp, writeStamp } from './stamps.mjs';
import { join } from 'node:path';

const GENERATED = inRoot('libs', 'storage', 'src', 'generated', 'prisma', 'client.ts');
const STAMP = join(stampFolder, 'prisma-client');

const digest = () =>
  contentDigest([
    inRoot('prisma', 'schema.prisma'),
    inRoot('node_modules', 'prisma', 'package.json'),
  ]);

/** @returns {boolean} */
export function prismaClientIsCurrent() {
  return existsSync(GENERATED) && readStamp(STAMP) === digest();
}

/** @returns {Promise<void>} */
export async function generatePrismaClient() {
  await runQuietly(process.execPath, [inRoot('tools', 'prisma.mjs'), 'generate']);
  writeStamp(STAMP, digest());
}
