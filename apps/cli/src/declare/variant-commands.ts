/** Commands about the variants of a scenario side by side. */
import type { Command } from 'commander';
import { BISECT_SETS, SEARCH_MAX, STATES } from '../limits.js';
import { integer } from '../options.js';
import { JSON_FLAG, type CommonFlags, type Context } from './context.js';

type Flags<T> = T & CommonFlags;

export function declareVariantCommands(cli: Command, context: Context): void {
  declareBisect(cli, context);
}

function declareBisect(cli: Command, context: Context): void {
  type BisectFlags = Flags<{ maxSets: number; maxStates: number }>;
  cli
    .command('bisect')
    .description('find the switches that make a bug, and those that mend it')
    .argument('<what>', 'a scenario, scenario/variant, or an address')
    .argument('[signature]', 'of these bugs alone, in full or as expectations write it')
    .option('--max-sets <n>', 'sets of switches tried per bug', integer(1, SEARCH_MAX), BISECT_SETS)
    .option('--max-states <n>', 'budget of each search', integer(1, SEARCH_MAX), STATES)
    .option(...JSON_FLAG)
    .action((what: string, signature: string | undefined, flags: BisectFlags) =>
      context.run(flags, async (io) => {
        const { bisect } = await import('../commands/bisect.js');
        return bisect(what, signature, flags, io);
      }),
    );
}
