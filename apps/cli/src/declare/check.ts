/** `lastref check`. */
import type { Command } from 'commander';
import { SEARCH_MAX, STATES } from '../limits.js';
import { integer } from '../options.js';
import { JSON_FLAG, type CommonFlags, type Context } from './context.js';

export function declareCheck(cli: Command, context: Context): void {
  type Flags = CommonFlags & { maxStates: number };
  cli
    .command('check')
    .description('read a model in C, prove each variant and case, compare with what it expects')
    .argument('<file>', 'C with front matter: /* lastref ... */')
    .option('--max-states <n>', 'budget of each search', integer(1, SEARCH_MAX), STATES)
    .option(...JSON_FLAG)
    .action((file: string, flags: Flags) =>
      context.run(flags, async (io) => {
        const { check } = await import('../commands/check.js');
        return check(file, flags, io);
      }),
    );
}
