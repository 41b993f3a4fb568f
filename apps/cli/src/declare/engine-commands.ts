/** Commands that need no service. Each loads its code when it is called, so that --help stays fast. */
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import {
  CUT_STATES,
  HUNT_SCHEDULES,
  HUNT_SCHEDULES_MAX,
  NODES,
  SEARCH_MAX,
  STATES,
  THREADS_MAX,
} from '../limits.js';
import { integer } from '../options.js';
import { withExportOptions, type ExportFlags } from './export-options.js';
import { ADDRESS, JSON_FLAG, SEED_MAX, type CommonFlags, type Context } from './context.js';
import { declareVariantCommands } from './variant-commands.js';

type Flags<T> = T & CommonFlags;

const EXPLAIN = ['--explain', 'say why it fails, re-executing every other order', false] as const;

const PROGRAM_FILE = ['--program <file>', 'the program, where Lastref does not bring it'] as const;
const KEPT_BY = ['--url <url>', 'the service that keeps the program'] as const;
const ON_SERVICE = ['--url <url>', 'let this service do it, and follow it there'] as const;

export function declareEngineCommands(cli: Command, context: Context): void {
  declareScenarios(cli, context);
  declareHunt(cli, context);
  declareReplay(cli, context);
  declareShrink(cli, context);
  declareProve(cli, context);
  declareVerifyFix(cli, context);
  declareOrders(cli, context);
  declareVerdicts(cli, context);
  declareVariantCommands(cli, context);
}

function declareScenarios(cli: Command, context: Context): void {
  cli
    .command('scenarios')
    .description('list every address, what is expected of it, and its title')
    .option(...JSON_FLAG)
    .action((flags: CommonFlags) =>
      context.run(flags, async () => {
        const { scenarios } = await import('../commands/scenarios.js');
        return scenarios();
      }),
    );
}

/** Beside a time to stop by, a number of schedules would decide instead of it. */
const HOW_MANY = `how many (default: ${HUNT_SCHEDULES}; none with --stop time)`;

function declareHunt(cli: Command, context: Context): void {
  type HuntFlags = Flags<{
    schedules?: number;
    seed: number;
    strategy: string;
    stop?: string;
    threads: number;
    examineCut: number;
    ledger: boolean;
  }>;
  cli
    .command('hunt')
    .description('sample schedules; say what fails, how often and from which seed')
    .argument('<address>', `${ADDRESS}; a scenario alone: all cases of its variant buggy`)
    .option('-n, --schedules <n>', HOW_MANY, integer(1, HUNT_SCHEDULES_MAX))
    .option('--seed <n>', 'the first seed', integer(0, SEED_MAX), 0)
    .option('--strategy <name>', 'how schedules are drawn, or portfolio for all', 'rw/1')
    .option(
      '--stop <rule>',
      'stop after a round by: first-failure, ci:<width>, time:<90s, 10m, 2h>',
    )
    .option('--threads <n>', 'worker threads', integer(1, THREADS_MAX), availableParallelism())
    .option(
      '--examine-cut <states>',
      'budget of the search that tells what became of cut runs; 0 for none',
      integer(0, SEARCH_MAX),
      CUT_STATES,
    )
    .option('--ledger', 'print the digest of the complete result', false)
    .option(...JSON_FLAG)
    .action((address: string, flags: HuntFlags) =>
      context.run(flags, async (io) => {
        const { huntEach } = await import('../commands/hunt-each.js');
        return huntEach(address, flags, io);
      }),
    );
}

function declareReplay(cli: Command, context: Context): void {
  type ReplayFlags = Flags<{
    strategy?: string;
    seed?: number;
    schedule?: string;
    program?: string;
    url?: string;
    full: boolean;
    step: boolean;
    explain: boolean;
  }> &
    ExportFlags;
  withExportOptions(cli.command('replay'))
    .description('run one schedule again and show it step by step')
    .argument('<run>', `a token; or, with --seed or --schedule, ${ADDRESS}`)
    .option('--strategy <name>', 'how the seed draws its schedule (default: "rw/1")')
    .option('--seed <n>', 'the seed', integer(0, SEED_MAX))
    .option('--schedule <choices>', 'the schedule itself, one character per choice')
    .option(...PROGRAM_FILE)
    .option(...KEPT_BY)
    .option('--full', 'show every step', false)
    .option('--step', 'go through it step by step, forward and back', false)
    .option(...EXPLAIN)
    .option(...JSON_FLAG)
    .action((run: string, flags: ReplayFlags) =>
      context.run(flags, async (io) => {
        const { replay } = await import('../commands/replay.js');
        return replay(run, flags, io);
      }),
    );
}

function declareShrink(cli: Command, context: Context): void {
  type ShrinkFlags = Flags<{
    strategy?: string;
    seed?: number;
    schedule?: string;
    signature?: string;
    maxNodes: number;
    full: boolean;
    explain: boolean;
    stats: boolean;
  }> &
    ExportFlags;
  withExportOptions(cli.command('shrink'))
    .description('find the cheapest schedule of a failure, with its grade and certificate')
    .argument('<address>', ADDRESS)
    .option('--strategy <name>', 'how the seed draws its schedule (default: "rw/1")')
    .option('--seed <n>', 'a failing seed, to start from', integer(0, SEED_MAX))
    .option('--schedule <choices>', 'a failing schedule, to start from')
    .option(
      '--signature <signature>',
      'what to look for, as hunt prints it or as expectations write it',
    )
    .option('--max-nodes <n>', 'budget of the exact search', integer(1, SEARCH_MAX), NODES)
    .option('--full', 'show every step', false)
    .option(...EXPLAIN)
    .option('--stats', 'say what each pass tried, and what that saved', false)
    .option(...JSON_FLAG)
    .action((address: string, flags: ShrinkFlags) =>
      context.run(flags, async (io) => {
        const { shrink } = await import('../commands/shrink.js');
        return shrink(address, flags, io);
      }),
    );
}

function declareProve(cli: Command, context: Context): void {
  type ProveFlags = Flags<{
    allCases: boolean;
    maxStates: number;
    symmetry: boolean;
    reduce: boolean;
    unexecuted: boolean;
    probability: boolean;
    url?: string;
  }>;
  cli
    .command('prove')
    .description('search every schedule; say what fails, or that nothing does')
    .argument('<address>', ADDRESS)
    .option('--all-cases', 'every case of the variant', false)
    .option('--max-states <n>', 'budget of the search', integer(1, SEARCH_MAX), STATES)
    .option('--symmetry', 'count states once that differ only by identical tasks', false)
    .option('--reduce', 'leave out orders of steps that cannot matter', false)
    .option('--unexecuted', 'list all that no schedule executes', false)
    .option('--probability', 'solve for how often rw/1 shows each failure', false)
    .option(...ON_SERVICE)
    .option(...JSON_FLAG)
    .action((address: string, flags: ProveFlags) =>
      context.run(flags, async (io) => {
        const { prove } = await import('../commands/prove.js');
        return prove(address, flags, io);
      }),
    );
}

function declareVerifyFix(cli: Command, context: Context): void {
  type VerifyFlags = Flags<{
    maxStates: number;
    symmetry: boolean;
    reduce: boolean;
    junit?: string;
    markdown?: string;
  }>;
  cli
    .command('verify-fix')
    .description('prove every case and compare it with what is expected; for pull requests')
    .argument('<what...>', 'scenarios, variants, addresses or program files')
    .option('--max-states <n>', 'budget of each search', integer(1, SEARCH_MAX), STATES)
    .option('--symmetry', 'count states once that differ only by identical tasks', false)
    .option('--reduce', 'leave out orders of steps that cannot matter', false)
    .option('--junit <file>', 'write the result as JUnit XML')
    .option('--markdown <file>', 'add a summary, for instance to $GITHUB_STEP_SUMMARY')
    .option(...JSON_FLAG)
    .action((what: string[], flags: VerifyFlags) =>
      context.run(flags, async (io) => {
        const { verifyFix } = await import('../commands/verify-fix.js');
        return verifyFix(what, flags, io);
      }),
    );
}

function declareOrders(cli: Command, context: Context): void {
  type OrdersFlags = Flags<{ milestones?: string; maxStates: number; url?: string }>;
  cli
    .command('orders')
    .description('say which orders of the milestones occur, and what comes of each')
    .argument(
      '<address>',
      `${ADDRESS}; a scenario alone: its first case with orders, of buggy if it can be`,
    )
    .option('--milestones <names>', 'which, with commas (default: all that the case names)')
    .option('--max-states <n>', 'budget of the search', integer(1, SEARCH_MAX), STATES)
    .option(...ON_SERVICE)
    .option(...JSON_FLAG)
    .action((address: string, flags: OrdersFlags) =>
      context.run(flags, async (io) => {
        const { orders } = await import('../commands/orders.js');
        return orders(address, flags, io);
      }),
    );
}

function declareVerdicts(cli: Command, context: Context): void {
  type VerdictsFlags = Flags<{ maxStates: number; maxNodes: number }>;
  cli
    .command('verdicts')
    .description('compare every expectation with exhaustive search')
    .argument('[scenario...]', 'scenarios; all when none is named')
    .option('--max-states <n>', 'budget of each search', integer(1, SEARCH_MAX), STATES)
    .option('--max-nodes <n>', 'budget of each shrink', integer(1, SEARCH_MAX), NODES)
    .option(...JSON_FLAG)
    .action((names: string[], flags: VerdictsFlags) =>
      context.run(flags, async (io) => {
        const { verdicts } = await import('../commands/verdicts.js');
        return verdicts(names, flags, io);
      }),
    );
}
