/** `lastref bench`: all rows or some, and the measurements that take their own options. */
import { Argument, InvalidArgumentError, type Command } from 'commander';
import { ENGINE_ROWS, PARTS, type EngineRowName, type PartName } from '@lastref/bench';
import { integer } from '../options.js';
import { JSON_FLAG, type CommonFlags, type Context } from './context.js';

type Flags<T> = T & CommonFlags;

const MOST = 2 ** 40;
const ROUNDS_MAX = 1_000;

export function declareBenchCommands(cli: Command, context: Context): void {
  const bench = declareBench(cli, context);
  declareAgainst(bench, context);
  declareAgreement(bench, context);
  declareFirstFailure(bench, context);
  declareShrinking(bench, context);
  declareFinding(bench, context);
  declareCampaign(bench, context);
  declareReplays(bench, context);
}

function declareBench(cli: Command, context: Context): Command {
  return cli
    .command('bench')
    .description('measure the engine beside its peers, and the service beside the engine')
    .addArgument(new Argument('[part...]', 'what to measure; all if none is named').choices(PARTS))
    .option('--quick', 'leave out the campaign through a service, which takes minutes', false)
    .option(...JSON_FLAG)
    .action((names: PartName[], flags: Flags<{ quick: boolean }>) =>
      context.run(flags, async (io) => {
        const commands = await import('../commands/bench.js');
        return commands.bench(names, flags, io);
      }),
    );
}

/** A flag that `bench` has too is parsed as its own, wherever it stands. */
const jsonOf = (bench: Command): CommonFlags => bench.opts<CommonFlags>();

function declareAgainst(bench: Command, context: Context): void {
  type AgainstFlags = Flags<{ starts: number; rounds: number }>;
  bench
    .command('against')
    .description('measure the engine beside that of another clone, built, in one run')
    .argument('<folder>', 'the other clone')
    .addArgument(
      new Argument('[row...]', 'what to measure; all if none is named').choices(ENGINE_ROWS),
    )
    .option('--starts <n>', 'how often the processes are started anew', integer(1, ROUNDS_MAX), 5)
    .option('--rounds <n>', 'rounds of each start', integer(1, ROUNDS_MAX), 3)
    .option(...JSON_FLAG)
    .action((folder: string, rows: EngineRowName[], flags: AgainstFlags) =>
      context.run(jsonOf(bench), async (io) => {
        const commands = await import('../commands/bench.js');
        return commands.benchAgainst({ folder, rows, ...flags }, io);
      }),
    );
}

const ADDRESSES = ['[address...]', 'programs; nbd/buggy and mlx5/buggy if none is named'] as const;

interface Part {
  readonly part: number;
  readonly of: number;
}

function partOf(text: string): Part {
  const [, part, of] = /^([0-9]+)\/([0-9]+)$/.exec(text)?.map(Number) ?? [];
  if (part === undefined || of === undefined || part < 1 || part > of)
    throw new InvalidArgumentError('it is k/n, with k from 1 to n.');
  return { part, of };
}

function declareAgreement(bench: Command, context: Context): void {
  type AgreementFlags = Flags<{ seeds: number; part: Part; keep?: string }>;
  bench
    .command('agreement')
    .description('compare the drivers of the engine on many seeds of every program')
    .argument('[address...]', 'beginnings of addresses; all programs if none is named')
    .option('--seeds <n>', 'of each program', integer(1, MOST), 1_000_000)
    .option('--part <k/n>', 'every n-th program, from the k-th on', partOf, { part: 1, of: 1 })
    .option('--keep <file>', 'keep answers there, and go on where a run was ended')
    .option(...JSON_FLAG)
    .action((addresses: string[], { seeds, part, keep }: AgreementFlags) =>
      context.run(jsonOf(bench), async (io) => {
        const commands = await import('../commands/bench.js');
        return commands.benchAgreement({ addresses, seeds, keep, ...part }, io);
      }),
    );
}

function declareFirstFailure(bench: Command, context: Context): void {
  type FirstFailureFlags = Flags<{ trials: number; cap?: number; large: boolean }>;
  bench
    .command('first-failure')
    .description('count schedules to the first failure of each bug, per strategy')
    .argument(...ADDRESSES)
    .option('--trials <n>', 'of each strategy', integer(1, ROUNDS_MAX), 20)
    .option(
      '--cap <n>',
      'schedules of a trial (default: 100000; 20000 with --large)',
      integer(1, MOST),
    )
    .option('--large', 'the largest sizes of the two shipped bugs instead', false)
    .option(...JSON_FLAG)
    .action((addresses: string[], flags: FirstFailureFlags) =>
      context.run(jsonOf(bench), async (io) => {
        const commands = await import('../commands/bench.js');
        return commands.benchFirstFailures({ addresses, ...flags }, io);
      }),
    );
}

function declareShrinking(bench: Command, context: Context): void {
  type ShrinkingFlags = Flags<{
    seeds: number;
    schedules: number;
    all: boolean;
    wholeHost: boolean;
  }>;
  bench
    .command('shrinking')
    .description('shrink failing seeds of each bug by our shrinker and by others')
    .argument('[address...]', 'programs; one of each scenario if none is named')
    .option('--all', 'every program of the catalogue that can be searched', false)
    .option('--whole-host', 'how long the largest host takes instead', false)
    .option('--seeds <n>', 'failing seeds of each bug', integer(1, ROUNDS_MAX), 50)
    .option('--schedules <n>', 'to look for them in, per program', integer(1, MOST), 100_000_000)
    .option(...JSON_FLAG)
    .action((addresses: string[], flags: ShrinkingFlags) =>
      context.run(jsonOf(bench), async (io) => {
        const { benchShrinking } = await import('../commands/bench-shrinking.js');
        return benchShrinking({ addresses, ...flags }, io);
      }),
    );
}

function declareFinding(bench: Command, context: Context): void {
  type FindingFlags = Flags<{ trials: number; cap: number; proofs: boolean }>;
  bench
    .command('finding')
    .description(
      "count schedules to the first failure of the literature's programs, beside what others published",
    )
    .argument(
      '[program...]',
      'names as in literature/buggy/<program>; all with published numbers if none is given',
    )
    .option('--trials <n>', 'of each strategy', integer(1, ROUNDS_MAX), 20)
    .option('--cap <n>', 'schedules of a trial', integer(1, MOST), 10_000)
    .option('--no-proofs', 'leave out minimum and proof')
    .option(...JSON_FLAG)
    .action((programs: string[], flags: FindingFlags) =>
      context.run(jsonOf(bench), async (io) => {
        const commands = await import('../commands/bench.js');
        return commands.benchFinding({ programs, ...flags }, io);
      }),
    );
}

function declareCampaign(bench: Command, context: Context): void {
  type CampaignFlags = Flags<{
    address: string;
    rounds: number;
    seconds: number;
    large: number;
    shardSize?: number;
  }>;
  bench
    .command('campaign')
    .description('measure campaigns through a service of its own, and what they leave behind')
    .option('--address <address>', 'the program', 'nbd/buggy/main')
    .option('--rounds <n>', 'of campaign and hunt; 0 for none', integer(0, ROUNDS_MAX), 3)
    .option('--seconds <n>', 'that each side of a round takes', integer(1, ROUNDS_MAX), 30)
    .option(
      '--large <n>',
      'schedules of a large campaign; 0 for none',
      integer(0, MOST),
      1_000_000_000,
    )
    .option('--shard-size <n>', 'of the large campaign', integer(1, MOST))
    .option(...JSON_FLAG)
    .action((flags: CampaignFlags) =>
      context.run(jsonOf(bench), async (io) => {
        const commands = await import('../commands/bench.js');
        return commands.benchCampaign(flags, io);
      }),
    );
}

function declareReplays(bench: Command, context: Context): void {
  type ReplaysFlags = Flags<{ clients: number; requests: number }>;
  bench
    .command('replays')
    .description('measure replays by API of the five systems, with several clients at once')
    .option('--clients <n>', 'that ask at the same time', integer(1, ROUNDS_MAX), 10)
    .option('--requests <n>', 'of each client, program and route', integer(1, MOST), 50)
    .option(...JSON_FLAG)
    .action((flags: ReplaysFlags) =>
      context.run(flags, async (io) => {
        const { benchReplays } = await import('../commands/bench-replays.js');
        return benchReplays(flags, io);
      }),
    );
}
