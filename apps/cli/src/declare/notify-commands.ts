/** Commands about who is told of what: endpoints, and what became of messages. */
import { type Command, InvalidArgumentError } from 'commander';
import { ANNOUNCEMENT_KINDS, type AnnouncementKind } from '@lastref/contracts';
import { JSON_FLAG, type Context } from './context.js';
import { URL_FLAG, type ServiceFlags } from './on-service.js';

const NAME = ['<name>', 'the name of the endpoint'] as const;

export function declareNotifyCommands(cli: Command, context: Context): void {
  const notify = cli
    .command('notify')
    .description('tell people by webhook or Slack of bugs, incidents and campaigns');
  declareAdd(notify, context);
  declareChange(notify, context, 'remove', 'remove an endpoint and its messages');
  declareChange(notify, context, 'test', 'send a test message to an endpoint');
  notify
    .command('list')
    .description('list endpoints with the messages that wait or have failed')
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { notifyList } = await import('../commands/notify-list.js');
        return notifyList(flags, io);
      }),
    );
  notify
    .command('messages')
    .description('list the newest messages and what became of them')
    .option('--failed', 'only those that were given up', false)
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((flags: ServiceFlags & { failed: boolean }) =>
      context.run(flags, async (io) => {
        const { notifyMessages } = await import('../commands/notify-messages.js');
        return notifyMessages(flags, io);
      }),
    );
  notify
    .command('resend')
    .description('send a message again, now, that was not delivered')
    .argument('<id>', 'the id of the message')
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((id: string, flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { notifyResend } = await import('../commands/notify-resend.js');
        return notifyResend(id, flags, io);
      }),
    );
}

function declareAdd(notify: Command, context: Context): void {
  type AddFlags = ServiceFlags & { slack: boolean; kinds?: AnnouncementKind[] };
  notify
    .command('add')
    .description(
      'add an endpoint; the secret that its messages are signed with is printed this once',
    )
    .argument(...NAME)
    .argument(
      '<address>',
      'where to post; - reads it from standard input, since it may be a secret',
    )
    .option('--slack', 'text for Slack and what takes its format, not signed', false)
    .option('--kinds <list>', `of ${ANNOUNCEMENT_KINDS.join(',')} (default: all)`, kinds)
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((name: string, address: string, flags: AddFlags) =>
      context.run(flags, async (io) => {
        const { notifyAdd } = await import('../commands/notify-add.js');
        return notifyAdd(name, address, flags, io);
      }),
    );
}

function declareChange(
  notify: Command,
  context: Context,
  change: 'remove' | 'test',
  description: string,
): void {
  notify
    .command(change)
    .description(description)
    .argument(...NAME)
    .option(...URL_FLAG)
    .option(...JSON_FLAG)
    .action((name: string, flags: ServiceFlags) =>
      context.run(flags, async (io) => {
        const { notifyChange } = await import('../commands/notify-change.js');
        return notifyChange(change, name, flags, io);
      }),
    );
}

function kinds(text: string): AnnouncementKind[] {
  return text.split(',').map((word) => {
    const kind = ANNOUNCEMENT_KINDS.find((known) => known === word);
    if (kind !== undefined) return kind;
    throw new InvalidArgumentError(`'${word}' is none of ${ANNOUNCEMENT_KINDS.join(', ')}.`);
  });
}
