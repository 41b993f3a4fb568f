// Runs the unchanged Prisma CLI with the WebAssembly build of its schema engine, so that `generate`, `migrate` and
// the rest need no download: the CLI takes any executable named by PRISMA_SCHEMA_ENGINE_BINARY, and ours is the
// neighbour file. Always use this wrapper (`npm run prisma -- migrate dev`), never a bare `npx prisma`. For whoever changes the
// schema: a start needs no more of it than `generate`, for which the CLI only sees that the engine's file is there and does
// not run it; migrations are applied by tools/data/migrations.mjs.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** @param {string} relative */
const place = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const { status, error } = spawnSync(
  process.execPath,
  [place('../node_modules/prisma/build/index.js'), ...process.argv.slice(2)],
  {
    cwd: place('..'),
    stdio: 'inherit',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: place('./prisma-schema-engine.mjs'),
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  },
);
if (error) console.error(`Prisma could not be started: ${error.message}. Run: npm ci`);
process.exitCode = status ?? 1;
