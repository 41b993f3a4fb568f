// The command line that the Prisma CLI gives its schema engine, as data. Flags we have no use for
// (--enabled-preview-features, --extension-types) carry one value each and are skipped.
import { parseJson } from '../json.mjs';

/** @typedef {{ version: boolean, subcommand?: string, datamodels: string[], url?: string }} Invocation */

/** @param {string[]} args @returns {Invocation} */
export function readInvocation(args) {
  /** @type {Invocation} */
  const invocation = { version: false, datamodels: [] };
  const value = (/** @type {number} */ i) => args[i] ?? '';
  for (let i = 0; i < args.length; i += 1) {
    const arg = value(i);
    if (arg === '--version' || arg === '-V') invocation.version = true;
    else if (arg === '--datamodels') invocation.datamodels.push(value((i += 1)));
    else if (arg === '--datasource') {
      const source = /** @type {{ url: string }} */ (parseJson(value((i += 1))));
      invocation.url = source.url;
    } else if (arg === 'cli') invocation.subcommand = value((i += 1));
    else if (arg.startsWith('--')) i += 1;
  }
  return invocation;
}
