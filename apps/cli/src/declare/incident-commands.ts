/** Commands over the incidents of a running service. */
import type { Command } from 'commander';
import { integer } from '../options.js';
import { JSON_FLAG, type CommonFlags, type Context } from './context.js';
import { URL_FLAG } from './service-commands.js';

type Flags = CommonFlags & { url?: string };

const ID = ['<id>', 'the number of the incident', integer(1, Number.MAX_SAFE_INTEGER)] as const;

export function declareIncidentCommands(cli: Command, context: Context): void {
  const incident = cli
    .command('incident')
    .description('what a person must look at: list, show and close');
  declareList(incident, context);
  declareShow(incident, context);
  declareClose(incident, context);
}

function declareList(incident: Command, context: Context): void {
  incident
    .command('list')
    .description('list the newest incidents; exit code 1 while one is open')
    .option('--open', 'only those that are open', false)
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((flags: Flags & { open: boolean }) =>
      context.run(flags, async (io) => {
        const { incidentList } = await import('../commands/incident-list.js');
        return incidentList(flags, io);
      }),
    );
}

function declareShow(incident: Command, context: Context): void {
  incident
    .command('show')
    .description('show an incident with what is needed to judge it')
    .argument(...ID)
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((id: number, flags: Flags) =>
      context.run(flags, async (io) => {
        const { incidentShow } = await import('../commands/incident-show.js');
        return incidentShow(id, flags, io);
      }),
    );
}

function declareClose(incident: Command, context: Context): void {
  incident
    .command('close')
    .description('close an incident, saying why')
    .argument(...ID)
    .requiredOption('--reason <text>', 'why it is closed; kept')
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((id: number, flags: Flags & { reason: string }) =>
      context.run(flags, async (io) => {
        const { incidentClose } = await import('../commands/incident-close.js');
        return incidentClose(id, flags, io);
      }),
    );
}
