/**
 * The stepper at a terminal, or at the end of a pipe. A terminal gives keys, each a command, and a colon begins a line of one's
 * own; a pipe gives lines, so that a session can be scripted. Ends by `quit`, at the end of the input, or when it is aborted.
 */
import { createInterface, emitKeypressEvents, type Key } from 'node:readline';
import type { Io } from '../io.js';
import type { StepSession } from './step-session.js';

/** Keys of a terminal, by the names that Node gives them. */
const KEYS: Readonly<Record<string, string>> = {
  right: 'forward',
  space: 'forward',
  return: 'forward',
  n: 'forward',
  left: 'back',
  p: 'back',
  backspace: 'back',
  pagedown: 'forward 10',
  pageup: 'back 10',
  home: 'first',
  end: 'last',
  f: 'failure',
  c: 'continue',
  r: 'reverse',
  l: 'locals',
  g: 'globals',
  a: 'all',
  h: 'help',
  q: 'quit',
};

const KEY_LINE =
  'keys: right/left one step, PageUp/PageDown ten, Home/End, f failure, c continue, r reverse, l g a more, : a command, q quit\n';

/** Erases the screen and goes to its first line. */
const CLEAR = '\u001b[2J\u001b[H';

const isAbort = (key: Key): boolean => key.ctrl === true && (key.name === 'c' || key.name === 'd');

export async function converse(
  session: StepSession,
  io: Pick<Io, 'input' | 'out' | 'signal'>,
): Promise<void> {
  const input = io.input();
  if (input.isTTY === true) await byKeys(session, input, io);
  else await byLines(session, input, io);
}

type Input = ReturnType<Io['input']>;

async function byLines(
  session: StepSession,
  input: Input,
  { out, signal }: Pick<Io, 'out' | 'signal'>,
): Promise<void> {
  out(session.show());
  const lines = createInterface({ input, signal });
  for await (const line of lines) {
    const { text, ended } = session.answer(line);
    out(text === '' ? '' : `\n${text}`);
    if (ended === true) break;
  }
  lines.close();
}

function byKeys(
  session: StepSession,
  input: Input,
  { out, signal }: Pick<Io, 'out' | 'signal'>,
): Promise<void> {
  const draw = (text: string): void => {
    out(`${CLEAR}${text}\n${KEY_LINE}`);
  };
  return new Promise((resolve) => {
    /** What is typed behind a colon; undefined while keys are commands. */
    let typed: string | undefined;
    const end = (): void => {
      input.off('keypress', onKey);
      signal.removeEventListener('abort', end);
      input.off('end', end);
      input.setRawMode?.(false);
      input.pause();
      resolve();
    };
    const run = (line: string): void => {
      const { text, ended } = session.answer(line);
      if (ended === true) end();
      else draw(text);
    };
    const onKey = (character: string | undefined, key: Key): void => {
      if (isAbort(key)) end();
      else if (typed !== undefined) type(typed, character, key);
      else if (character === ':') {
        typed = '';
        out(':');
      } else {
        const command = KEYS[key.name ?? ''];
        if (command !== undefined) run(command);
      }
    };
    const type = (line: string, character: string | undefined, key: Key): void => {
      if (key.name === 'return' || key.name === 'enter') {
        typed = undefined;
        run(line);
      } else if (key.name === 'escape') {
        typed = undefined;
        draw(session.show());
      } else if (key.name === 'backspace') {
        typed = line.slice(0, -1);
        if (line !== '') out('\b \b');
      } else if (character !== undefined && character >= ' ') {
        typed = line + character;
        out(character);
      }
    };
    emitKeypressEvents(input);
    input.setRawMode?.(true);
    input.on('keypress', onKey);
    input.on('end', end);
    signal.addEventListener('abort', end, { once: true });
    input.resume();
    draw(session.show());
  });
}
