/** A model in C from the disk, with the files it includes: those in its folder and below, and no others. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { readModel, type Reading } from '@lastref/frontend-c';
import { MODEL_FILE_BYTES } from '../limits.js';

export function readModelFile(path: string): Reading {
  const folder = resolve(dirname(path));
  return readModel(path, (name) => {
    const full = resolve(name);
    const below = relative(folder, full);
    if (below.startsWith(`..${sep}`) || below === '..') return null;
    try {
      const stats = statSync(full);
      return stats.isFile() && stats.size <= MODEL_FILE_BYTES ? readFileSync(full, 'utf8') : null;
    } catch {
      return null;
    }
  });
}
