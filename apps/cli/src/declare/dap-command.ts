/** The debug adapter, which editors start. */
import type { Command } from 'commander';
import { integer } from '../options.js';
import type { Context } from './context.js';

const PORT_MAX = 65_535;

export function declareDap(cli: Command, context: Context): void {
  cli
    .command('dap')
    .description('debug adapter: step through a run, both ways, in an editor')
    .option(
      '--port <n>',
      'serve connections to this port instead of standard input',
      integer(0, PORT_MAX),
    )
    .action((flags: { port?: number }) =>
      context.run({}, async (io) => {
        const { dap } = await import('../commands/dap.js');
        return dap(flags, io);
      }),
    );
}
