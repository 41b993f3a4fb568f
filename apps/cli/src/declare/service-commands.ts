/** Commands that talk to a running service. */
import type { Command } from 'commander';
import { MAX_CAMPAIGN_SCHEDULES, MAX_SHARD, MIN_SHARD } from '@lastref/contracts';
import { integer } from '../options.js';
import { JSON_FLAG, SEED_MAX, type Context } from './context.js';
import { numberOf, URL_FLAG, type ServiceFlags } from './on-service.js';

const ID = numberOf('campaign');

export function declareServiceCommands(cli: Command, context: Context): void {
  cli
    .command('push')
    .description('store programs with the service')
    .argument('<what>', 'a program file, an address, a variant or a scenario')
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((what: string, flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { push } = await import('../commands/push.js');
        return push(what, flags, io);
      }),
    );
  const campaign = cli
    .command('campaign')
    .description('start, show, follow, list, cancel and retry the campaigns of the service');
  declareStart(campaign, context);
  declareStatus(campaign, context);
  declareWatch(campaign, context);
  declareList(campaign, context);
  declareChange(campaign, context, 'cancel', 'end a running campaign; what was counted stays');
  declareChange(campaign, context, 'retry', 'let an incomplete campaign run on');
}

function declareStart(campaign: Command, context: Context): void {
  type StartFlags = ServiceFlags & {
    schedules?: number;
    seed?: number;
    shardSize?: number;
    strategy?: string;
    stop?: string;
    title?: string;
    firstRun: boolean;
  };
  campaign
    .command('start')
    .description('store programs with the service and start a campaign over them')
    .argument('[what...]', 'scenarios, variants, addresses or program files')
    .option('-n, --schedules <n>', 'per program', integer(1, MAX_CAMPAIGN_SCHEDULES))
    .option('--seed <n>', 'the first seed', integer(0, SEED_MAX))
    .option('--shard-size <n>', 'fix the size of shards', integer(MIN_SHARD, MAX_SHARD))
    .option('--strategy <name>', 'how schedules are drawn, or portfolio for all (default: "rw/1")')
    .option(
      '--stop <rule>',
      'stop after a round by: first-failure, ci:<width>, time:<90s, 10m, 2h>',
    )
    .option('--title <text>', 'what lists show')
    .option('--first-run', 'the campaign of a new installation; started once', false)
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((what: string[], flags: StartFlags) =>
      context.run(flags, async (io) => {
        const { campaignStart } = await import('../commands/campaign-start.js');
        return campaignStart(what, flags, io);
      }),
    );
}

function declareStatus(campaign: Command, context: Context): void {
  campaign
    .command('status')
    .description('show a campaign, and once it has ended what was expected')
    .argument(...ID)
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((id: number, flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { campaignStatus } = await import('../commands/campaign-status.js');
        return campaignStatus(id, flags, io);
      }),
    );
}

function declareWatch(campaign: Command, context: Context): void {
  campaign
    .command('watch')
    .description('follow a campaign to its end')
    .argument(...ID)
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((id: number, flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { campaignWatch } = await import('../commands/campaign-watch.js');
        return campaignWatch(id, flags, io);
      }),
    );
}

function declareList(campaign: Command, context: Context): void {
  campaign
    .command('list')
    .description('list the newest campaigns')
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { campaignList } = await import('../commands/campaign-list.js');
        return campaignList(flags, io);
      }),
    );
}

function declareChange(
  campaign: Command,
  context: Context,
  change: 'cancel' | 'retry',
  description: string,
): void {
  campaign
    .command(change)
    .description(description)
    .argument(...ID)
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((id: number, flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { campaignChange } = await import('../commands/campaign-change.js');
        return campaignChange(change, id, flags, io);
      }),
    );
}
