// Stops what a test run started when that run ends, however it ends: killed, interrupted, failed in the set-up. It is
// a process of its own that reads one JSON line per server or folder; the pipe closes with the process that holds it.
// Servers go first, folders after them.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { stopProcess } from '../../tools/processes/identity.mjs';
import { parseJson } from '../../tools/json.mjs';

const STOP_GRACE_MS = 30_000;

/** @typedef {import('../../tools/processes/identity.mjs').ProcessIdentity} ProcessIdentity */
/** @typedef {{ identity: ProcessIdentity, signal: NodeJS.Signals, folder?: undefined }} Server */
/** @typedef {{ folder: string }} Folder */

/** @type {Server[]} */
const servers = [];
/** @type {string[]} */
const folders = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const entry = /** @type {Server | Folder} */ (parseJson(line));
  if (entry.folder === undefined) servers.push(entry);
  else folders.push(entry.folder);
}
await Promise.all(
  servers.map(({ identity, signal }) => stopProcess(identity, signal, STOP_GRACE_MS)),
);
for (const folder of folders) rmSync(folder, { recursive: true, force: true });
