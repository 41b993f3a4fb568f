/** Commands about the variants of a scenario side by side. */
import type { Command } from 'commander';
import { BISECT_SETS, NODES, SEARCH_MAX, STATES } from '../limits.js';
import { integer } from '../options.js';
import { ADDRESS, JSON_FLAG, SEED_MAX, type CommonFlags, type Context } from './context.js';

type Flags<T> = T & CommonFlags;

export function declareVariantCommands(cli: Command, context: Context): void {
  declareCompare(cli, context);
  declareBisect(cli, context);
}

function declareCompare(cli: Command, context: Context): void {
  type CompareFlags = Flags<{
    strategy?: string;
    seed?: number;
    schedule?: string;
    signature?: string;
    search: boolean;
    maxStates: number;
    maxNodes: number;
  }>;
  cli
    .command('compare')
    .description('follow one run on every variant of its scenario')
    .argument('<run>', `a token, or ${ADDRESS}; without a run, the reproduction of its failure`)
    .option('--strategy <name>', 'how the seed draws its schedule (default: "rw/1")')
    .option('--seed <n>', 'the seed of the run', integer(0, SEED_MAX))
    .option('--schedule <choices>', 'the schedule itself, one character per choice')
    .option('--signature <signature>', 'whose reproduction, in full or as expectations write it')
    .option('--no-search', 'do not search every program for the signature')
    .option('--max-states <n>', 'budget of each search', integer(1, SEARCH_MAX), STATES)
    .option('--max-nodes <n>', 'budget of the shrink', integer(1, SEARCH_MAX), NODES)
    .option(...JSON_FLAG)
    .action((run: string, flags: CompareFlags) =>
      context.run(flags, async (io) => {
        const { compare } = await import('../commands/compare.js');
        return compare(run, flags, io);
      }),
    );
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
