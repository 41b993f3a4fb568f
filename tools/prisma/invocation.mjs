// The command line that the Prisma CLI gives its schema engine, as data. Flags we have no use for
// (--enabled-preview-features, --extension-types) carry one value each and are skipped.

/** @returns {{ version: boolean, subcommand?: string, datamodels: string[], url?: string }} */
export function readInvocation(args) {
  const invocation = { version: false, datamodels: [] };
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i];
    if (arg === '--version' || arg === '-V') invocation.version = true;
    else if (arg === '--datamodels') invocation.datamodels.push(args[(i += 1)]);
    else if (arg === '--datasource') invocation.url = JSON.parse(args[(i += 1)]).url;
    else if (arg === 'cli') invocation.subcommand = args[(i += 1)];
    else if (arg.startsWith('--')) i += 1;
  }
  return invocation;
}
