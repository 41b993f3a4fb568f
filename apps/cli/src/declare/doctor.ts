/** `lastref doctor`. */
import type { Command } from 'commander';
import { JSON_FLAG, type CommonFlags, type Context } from './context.js';
import { URL_FLAG } from './on-service.js';

export function declareDoctor(cli: Command, context: Context): void {
  type Flags = CommonFlags & { url?: string; machine: boolean };
  cli
    .command('doctor')
    .description(
      'look for what is wrong with an installation, and say what to do; exit code 1 at a fault',
    )
    .option('--no-machine', 'ask the service only, also where it is on this machine')
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((flags: Flags) =>
      context.run(flags, async (io) => {
        const { doctor } = await import('../commands/doctor.js');
        return doctor(flags, io);
      }),
    );
}
