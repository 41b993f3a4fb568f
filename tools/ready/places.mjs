// Where things are in the clone. `.lastref/` is ignored by git and holds only what can be made again.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {string[]} parts */
export const inRoot = (...parts) => join(root, ...parts);

export const stampFolder = inRoot('.lastref');
