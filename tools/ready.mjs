// Makes the clone ready to run: Node's version, dependencies, Prisma client, build; each only when it is out of date.
// `npm start` and `npm test` run it first, and `lastref` runs it when something is stale. It uses Node's own modules
// only, because it must work before anything is installed. Nothing to do: well under half a second, and silent.
import { requireNodeVersion } from './ready/node-version.mjs';

requireNodeVersion();
const { makeReady } = await import('./ready/make-ready.mjs');
process.exitCode = await makeReady();
