// A folder for one run's servers: other accounts may pass through it (as root the servers are not root), not list it.
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @param {string} name @returns {string} */
export function makeTempFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `lastref-${name}-`));
  chmodSync(folder, 0o711);
  return folder;
}
