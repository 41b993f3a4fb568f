/** Commands about the operations of a service, and the matrix that completions fill. */
import { operationStateSchema, type OperationState } from '@lastref/contracts';
import { Option, type Command } from 'commander';
import type { OperationChange } from '../commands/operation-change.js';
import { JSON_FLAG, type Context } from './context.js';
import { numberOf, URL_FLAG, type ServiceFlags } from './on-service.js';

const ID = numberOf('operation');

const CHANGES: readonly (readonly [OperationChange, string])[] = [
  ['show', 'show an operation, and what it found'],
  ['cancel', 'stop an operation'],
  ['resume', 'start an operation again that was cancelled or has failed'],
];

export function declareOperationCommands(cli: Command, context: Context): void {
  const operation = cli
    .command('operation')
    .description('list, show, cancel and resume what runs on the service');
  operation
    .command('list')
    .description('list the newest operations')
    .addOption(new Option('--state <state>', 'only those').choices(operationStateSchema.options))
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((flags: ServiceFlags & { state?: OperationState }) =>
      context.run(flags, async (io) => {
        const { operationList } = await import('../commands/operation-list.js');
        return operationList(flags, io);
      }),
    );
  for (const [change, description] of CHANGES)
    operation
      .command(change)
      .description(description)
      .argument(...ID)
      .option(...URL_FLAG)
      .option(...JSON_FLAG)
      .action((id: number, flags: ServiceFlags) =>
        context.run(flags, async (io) => {
          const { operationChange } = await import('../commands/operation-change.js');
          return operationChange(change, id, flags, io);
        }),
      );
  cli
    .command('matrix')
    .description('show how every case of every variant stands: sampled, bounded, proved, or wrong')
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { matrix } = await import('../commands/matrix.js');
        return matrix(flags, io);
      }),
    );
}
