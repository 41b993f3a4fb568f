/** Commands over the nightlies of a running service. */
import { type Command, Option } from 'commander';
import {
  MAX_CAMPAIGN_SCHEDULES,
  MAX_CANARY_MINUTES,
  MAX_CATCH_UP_MINUTES,
  MAX_DEADLINE_MINUTES,
  MAX_SHARD,
  MIN_SHARD,
} from '@lastref/contracts';
import type { NightlyChange } from '../commands/nightly-change.js';
import type { NightlyFlags } from '../commands/nightly-settings.js';
import { integer, orNone } from '../options.js';
import { JSON_FLAG, type Context } from './context.js';
import { URL_FLAG, type ServiceFlags } from './on-service.js';

const WHICH = ['<nightly>', 'its name or number'] as const;
const WHAT = 'scenarios, variants or addresses';

export function declareNightlyCommands(cli: Command, context: Context): void {
  const nightly = cli
    .command('nightly')
    .description('campaigns that start again every night: set up, show, change, compare');
  declareAdd(nightly, context);
  declareEdit(nightly, context);
  declareList(nightly, context);
  declareChange(nightly, context, 'show', 'show one with its settings');
  declareChange(nightly, context, 'pause', 'start no further night until it is resumed');
  declareChange(nightly, context, 'resume', 'start nights again; what passed is not caught up');
  declareChange(nightly, context, 'remove', 'end it; its history stays');
  declareHistory(nightly, context);
  declareCompare(nightly, context);
}

const withSettings = (command: Command): Command =>
  command
    .option('--name <name>', 'its name, of a-z, 0-9, - and .')
    .option('--cron <fields>', 'minute, hour, day, month, weekday (default: "0 2 * * *")')
    .option('--zone <zone>', 'the time zone of --cron (default: that of this machine)')
    .option('-n, --schedules <n>', 'per program and night', integer(1, MAX_CAMPAIGN_SCHEDULES))
    .option('--strategy <name>', 'how schedules are drawn, or portfolio for all')
    .option('--stop <rule>', 'first-failure, ci:<width>, time:<90s, 10m, 2h>, count')
    .addOption(
      new Option('--overlap <policy>', 'while the night before still runs').choices([
        'skip',
        'queue',
        'replace',
      ]),
    )
    .option('--catch-up <minutes>', 'how late a night may start', integer(0, MAX_CATCH_UP_MINUTES))
    .option(
      '--deadline <minutes>',
      'after which it is late; none: when the next is due',
      orNone(integer(1, MAX_DEADLINE_MINUTES)),
    )
    .option(
      '--shard-size <n>',
      'fixes the shard size; none: by the pace of the past',
      orNone(integer(MIN_SHARD, MAX_SHARD)),
    )
    .option('--canary <minutes>', 'that canaries may take', integer(1, MAX_CANARY_MINUTES))
    .option(...URL_FLAG)
    .option(...JSON_FLAG);

function declareAdd(nightly: Command, context: Context): void {
  withSettings(
    nightly
      .command('add')
      .description('store programs with the service and run a campaign over them every night')
      .argument('[what...]', WHAT)
      .option('--first-night', 'the nightly of a new installation; set up once', false),
  ).action((what: string[], flags: ServiceFlags & NightlyFlags & { firstNight: boolean }) =>
    context.run(flags, async (io) => {
      const { nightlyAdd } = await import('../commands/nightly-add.js');
      return nightlyAdd(what, flags, io);
    }),
  );
}

function declareEdit(nightly: Command, context: Context): void {
  withSettings(
    nightly
      .command('edit')
      .description('change what is given; the nights to come are as it then says')
      .argument(...WHICH)
      .argument('[what...]', WHAT),
  ).action((which: string, what: string[], flags: ServiceFlags & NightlyFlags) =>
    context.run(flags, async (io) => {
      const { nightlyEdit } = await import('../commands/nightly-change.js');
      return nightlyEdit(which, what, flags, io);
    }),
  );
}

function declareList(nightly: Command, context: Context): void {
  nightly
    .command('list')
    .description('list nightlies: when each is due next, and what came of the last time')
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { nightlyList } = await import('../commands/nightly-list.js');
        return nightlyList(flags, io);
      }),
    );
}

function declareChange(
  nightly: Command,
  context: Context,
  change: NightlyChange,
  description: string,
): void {
  nightly
    .command(change)
    .description(description)
    .argument(...WHICH)
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((which: string, flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { nightlyChange } = await import('../commands/nightly-change.js');
        return nightlyChange(change, which, flags, io);
      }),
    );
}

function declareHistory(nightly: Command, context: Context): void {
  nightly
    .command('history')
    .description('list its due times, newest first, and what came of them')
    .argument(...WHICH)
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((which: string, flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { nightlyHistory } = await import('../commands/nightly-history.js');
        return nightlyHistory(which, flags, io);
      }),
    );
}

function declareCompare(nightly: Command, context: Context): void {
  nightly
    .command('compare')
    .description('a night beside those before: bugs new, regressed, gone; exit code 1 if worse')
    .argument(...WHICH)
    .option('--tick <n>', 'of the history (default: the last that ended)', integer(1, 2 ** 50))
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((which: string, flags: ServiceFlags & { tick?: number }) =>
      context.run(flags, async (io) => {
        const { nightlyCompare } = await import('../commands/nightly-history.js');
        return nightlyCompare(which, flags, io);
      }),
    );
}
