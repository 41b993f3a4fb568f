/** Commands about who may do what at a service, and who did. */
import { type Command, InvalidArgumentError } from 'commander';
import { MAX_TOKEN_DAYS, TOKEN_SCOPES, type TokenScope } from '@lastref/contracts';
import { integer } from '../options.js';
import { JSON_FLAG, type Context } from './context.js';
import { URL_FLAG, type ServiceFlags } from './on-service.js';

export function declareAccessCommands(cli: Command, context: Context): void {
  const token = cli.command('token').description('access tokens of the service');
  declareAdd(token, context);
  token
    .command('list')
    .description('list access tokens; they themselves are not kept')
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { tokenList } = await import('../commands/token-list.js');
        return tokenList(flags, io);
      }),
    );
  token
    .command('revoke')
    .description('make a token worth nothing, at once')
    .argument('<id>', 'the number of the token', integer(1, Number.MAX_SAFE_INTEGER))
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((id: number, flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { tokenRevoke } = await import('../commands/token-revoke.js');
        return tokenRevoke(id, flags, io);
      }),
    );
  cli
    .command('audit')
    .description(
      'list the newest calls that may have changed something: who, what, when, from where',
    )
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { audit } = await import('../commands/audit.js');
        return audit(flags, io);
      }),
    );
}

function declareAdd(token: Command, context: Context): void {
  type AddFlags = ServiceFlags & { scope: TokenScope; days?: number; database: boolean };
  token
    .command('add')
    .description('make an access token; it is printed this once')
    .argument('<name>', 'whose it is, or what for')
    .requiredOption('--scope <scope>', TOKEN_SCOPES.join(', '), scope)
    .option('--days <n>', 'it expires after so many days', integer(1, MAX_TOKEN_DAYS))
    .option('--database', 'straight in the database of $DATABASE_URL, without the service', false)
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((name: string, flags: AddFlags) =>
      context.run(flags, async (io) => {
        const { tokenAdd } = await import('../commands/token-add.js');
        return tokenAdd(name, flags, io);
      }),
    );
}

function scope(text: string): TokenScope {
  const known = TOKEN_SCOPES.find((word) => word === text);
  if (known === undefined) throw new InvalidArgumentError(`It must be ${TOKEN_SCOPES.join(', ')}.`);
  return known;
}
