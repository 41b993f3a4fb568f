/** Commands over the incidents of a running service. */
import type { Command } from 'commander';
import { JSON_FLAG, type Context } from './context.js';
import { numberOf, URL_FLAG, type ServiceFlags } from './on-service.js';

const ID = numberOf('incident');

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
    .action((flags: ServiceFlags & { open: boolean }) =>
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
    .action((id: number, flags: ServiceFlags) =>
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
    .action((id: number, flags: ServiceFlags & { reason: string }) =>
      context.run(flags, async (io) => {
        const { incidentClose } = await import('../commands/incident-close.js');
        return incidentClose(id, flags, io);
      }),
    );
}
