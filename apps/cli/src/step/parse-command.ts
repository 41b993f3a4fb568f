/** A line typed at the stepper, as what it asks for. Words may be shortened as far as they stay the only one that starts so. */
import { STATE_PARTS, type StatePart } from '@lastref/reporting';

export type StepCommand =
  | { readonly kind: 'forward' | 'back'; readonly steps: number }
  | { readonly kind: 'goto'; readonly step: number }
  | { readonly kind: 'first' | 'last' | 'failure' | 'continue' | 'reverse' }
  | { readonly kind: 'task' | 'untask'; readonly task: string }
  | { readonly kind: 'break' | 'delete'; readonly name: string }
  | { readonly kind: 'breaks' | 'help' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'show'; readonly parts: readonly StatePart[] };

export type ParsedCommand =
  | { readonly ok: true; readonly command: StepCommand }
  | { readonly ok: false; readonly message: string };

type Maker = (argument: string) => StepCommand | string;

const counted =
  (kind: 'forward' | 'back'): Maker =>
  (argument) => {
    const steps = argument === '' ? 1 : wholeNumber(argument);
    return steps === undefined
      ? `${kind} takes a number of steps, not '${argument}'`
      : { kind, steps };
  };

const plain =
  (command: StepCommand): Maker =>
  (argument) =>
    argument === '' ? command : `${command.kind} takes nothing behind it, not '${argument}'`;

type Named = 'task' | 'untask' | 'break' | 'delete';

const named =
  (kind: Named, make: (name: string) => StepCommand, what: string): Maker =>
  (argument) =>
    argument === '' ? `${kind} takes ${what}` : make(argument);

const A_TASK = 'the number of a task, or how its name starts';

/** In the order of the help. Of commands that start alike the first is meant. */
const COMMANDS: Readonly<Record<string, { readonly make: Maker; readonly says: string }>> = {
  forward: { make: counted('forward'), says: 'forward [n]: one step, or n; so does an empty line' },
  back: { make: counted('back'), says: 'back [n]: one step back, or n' },
  goto: {
    make: (argument) => {
      const step = wholeNumber(argument);
      return step === undefined
        ? `goto takes the number of a step, not '${argument}'`
        : { kind: 'goto', step };
    },
    says: 'goto n: behind step n; 0 is the start',
  },
  first: { make: plain({ kind: 'first' }), says: 'first, last: the start, the end' },
  last: { make: plain({ kind: 'last' }), says: '' },
  failure: {
    make: plain({ kind: 'failure' }),
    says: 'failure: before the step at which the run fails',
  },
  task: {
    make: named('task', (task) => ({ kind: 'task', task }), A_TASK),
    says: 'task t, untask t: behind the next step of a task, or the one before',
  },
  untask: { make: named('untask', (task) => ({ kind: 'untask', task }), A_TASK), says: '' },
  break: {
    make: named('break', (name) => ({ kind: 'break', name }), 'the name of a function'),
    says: 'break f, delete f, breaks: stop where function f is entered; no more; list',
  },
  delete: {
    make: named('delete', (name) => ({ kind: 'delete', name }), 'the name of a function'),
    says: '',
  },
  breaks: { make: plain({ kind: 'breaks' }), says: '' },
  continue: {
    make: plain({ kind: 'continue' }),
    says: 'continue, reverse: to the next stop, or the one before',
  },
  reverse: { make: plain({ kind: 'reverse' }), says: '' },
  ...Object.fromEntries(
    STATE_PARTS.map((part, i) => [
      part,
      {
        make: plain({ kind: 'show', parts: [part] }),
        says: i === 0 ? `${STATE_PARTS.join(', ')}: show that part` : '',
      },
    ]),
  ),
  all: { make: plain({ kind: 'show', parts: STATE_PARTS }), says: 'all: show every part' },
  help: { make: plain({ kind: 'help' }), says: 'help, quit' },
  quit: { make: plain({ kind: 'quit' }), says: '' },
};

export const HELP = Object.values(COMMANDS)
  .flatMap(({ says }) => (says === '' ? [] : [`  ${says}\n`]))
  .join('');

export function parseCommand(line: string): ParsedCommand {
  const [word = '', ...rest] = line.trim().split(/\s+/);
  if (word === '') return { ok: true, command: { kind: 'forward', steps: 1 } };
  const name = Object.keys(COMMANDS).find((one) => one.startsWith(word));
  const made =
    name === undefined
      ? `no command '${word}'; help lists them`
      : COMMANDS[name]?.make(rest.join(' '));
  if (made === undefined || typeof made === 'string') return { ok: false, message: made ?? '' };
  return { ok: true, command: made };
}

const wholeNumber = (text: string): number | undefined =>
  /^\d{1,9}$/.test(text) ? Number(text) : undefined;
