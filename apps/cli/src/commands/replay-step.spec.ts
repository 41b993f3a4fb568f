import { PassThrough, Readable } from 'node:stream';
import { lastref } from '../in-process.fixture.js';
import type { Input } from '../io.js';

const WORDS = ['replay', 'nbd/buggy', '--seed', '13842', '--step'];

/** What is answered to each line, the state at the start first. */
async function steppedBy(...lines: string[]): Promise<string[]> {
  const answers: string[] = [];
  const input = Readable.from([`${lines.join('\n')}\n`]);
  const { exit, err } = await lastref(WORDS, { input, onOut: (text) => answers.push(text) });
  expect([exit, err]).toEqual([0, '']);
  return answers.filter((text) => text !== '').map((text) => text.replace(/^\n/, ''));
}

/** The first line of an answer: where the run stands. */
const headOf = (answer: string | undefined): string => answer?.split('\n')[0] ?? '';

describe('replay --step at the end of a pipe', () => {
  it('goes forward and back, and shows the same state both times', async () => {
    const answers = await steppedBy(
      '',
      '',
      'forward 3',
      'back 3',
      'goto 5',
      'back 5',
      'quit',
      'last',
    );
    expect(answers.map(headOf)).toEqual([
      'step 0 of 42: nothing has run yet',
      expect.stringMatching(/^step 1 of 42: nbd-client -d: down_read\(cb_lock\)/),
      expect.stringMatching(/^step 2 of 42: /),
      expect.stringMatching(/^step 5 of 42: /),
      answers[2]?.split('\n')[0],
      answers[3]?.split('\n')[0],
      'step 0 of 42: nothing has run yet',
    ]);
    expect([answers[4], answers[5], answers[6]]).toEqual([answers[2], answers[3], answers[0]]);
  });

  it('shows at the failure who holds what and who waits for whom', async () => {
    const [, before = '', after = ''] = await steppedBy('failure', 'f');
    expect(before).toContain('next: nbd-client -d: disk = nbd_device->disk');
    expect(after).toContain('end: failed: deadlock@del_gendisk(gendisk.open_mutex)');
    expect(after).toMatch(/nbd-client -d +waits for gendisk\.open_mutex +held by open \/dev\/nbd0/);
    expect(after).toMatch(/nbd_index_mutex +nbd-client -d +since step 38/);
    expect(after).toMatch(/nbd_device\.0\.refs +0/);
    expect(after).toMatch(/nbd_device\.0 +live +allocated by nbd_dev_add +from the start/);
    expect(before).toMatch(/at .*nbd\/device\.[tj]s:\d+:\d+/);
  });

  it('goes by the steps of one task', async () => {
    const answers = await steppedBy('task open', 'task 1', 'untask 1', 'untask 1', 'task 9');
    expect(answers.slice(1, 4).map(headOf)).toEqual([
      expect.stringContaining(': open /dev/nbd0: '),
      expect.stringContaining(': open /dev/nbd0: '),
      answers[1]?.split('\n')[0],
    ]);
    expect(answers.slice(4)).toEqual([
      'open /dev/nbd0 takes no step before\n',
      expect.stringMatching(/^no task '9'; there are: 0 nbd-client -d, 1 open/),
    ]);
  });

  it('stops where a function is entered, in both directions', async () => {
    const answers = await steppedBy(
      'break nbd_open',
      'continue',
      'c',
      'reverse',
      'breaks',
      'delete nbd_open',
      'r',
    );
    expect(answers[1]).toBe('stops where nbd_open is entered\n');
    expect(headOf(answers[2])).toMatch(/^step 34 of 42: open /);
    expect(answers[2]).toMatch(/open \/dev\/nbd0 .* nbd_open < blkdev_open\n/);
    expect(headOf(answers[3])).toMatch(/^step 42 of 42/);
    expect(answers[4]).toBe(answers[2]);
    expect(answers.slice(5, 7)).toEqual(['stops at nbd_open\n', 'no longer stops at nbd_open\n']);
    expect(headOf(answers[7])).toBe('step 0 of 42: nothing has run yet');
  });

  it.each([
    ['xyz', "no command 'xyz'; help lists them\n"],
    ['forward x', "forward takes a number of steps, not 'x'\n"],
    ['goto', "goto takes the number of a step, not ''\n"],
    ['goto 43', 'the run has 42 steps\n'],
    ['task', 'task takes the number of a task, or how its name starts\n'],
    ['break nbd_pot', "no step is in a function 'nbd_pot'; did you mean nbd_put?\n"],
    ['delete nbd_put', 'nothing stops at nbd_put\n'],
    ['all x', "show takes nothing behind it, not 'x'\n"],
  ])('answers %s with one line, and goes on', async (line, said) => {
    const answers = await steppedBy(line, 'goto 1');
    expect(answers[1]).toBe(said);
    expect(headOf(answers[2])).toMatch(/^step 1 of 42/);
  });

  it('lists its commands, and shows parts when asked', async () => {
    const [, help, locals, all] = await steppedBy('help', 'locals', 'all');
    for (const word of ['forward', 'back', 'goto', 'failure', 'task', 'break', 'reverse', 'quit'])
      expect(help).toContain(word);
    expect(locals).toMatch(/nbd-client -d +nbd_device=NULL/);
    expect(all).toContain('globals\n');
  });

  it('is refused with --json, and says where data comes from', async () => {
    const { exit, out, err } = await lastref([...WORDS, '--json']);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain('POST /api/v1/replays/steps');
  });
});

describe('replay --step at a terminal', () => {
  class Terminal extends PassThrough {
    readonly isTTY = true;
    readonly raw: boolean[] = [];
    readonly setRawMode = (raw: boolean): void => {
      this.raw.push(raw);
    };
  }

  /** What is on the screen after each key. */
  async function pressed(keys: readonly string[], signal?: AbortSignal): Promise<string[]> {
    const terminal = new Terminal();
    const screens: string[] = [];
    let turn = 0;
    const input: Input = terminal;
    const { exit } = await lastref(WORDS, {
      input,
      ...(signal === undefined ? {} : { signal }),
      onOut: (text) => {
        screens.push(text);
        const key = keys[turn++];
        if (key !== undefined) setImmediate(() => terminal.write(key));
      },
    });
    expect([exit, terminal.raw]).toEqual([0, [true, false]]);
    return screens;
  }

  it('goes by keys, draws the screen anew for each, and gives the terminal back', async () => {
    const screens = await pressed(['\u001b[C', ' ', '\u001b[D', 'f', 'r', 'q']);
    const heads = screens.map((screen) => /step \d+ of 42/.exec(screen)?.[0]);
    expect(heads.slice(0, 6)).toEqual([0, 1, 2, 1, 41, 0].map((n) => `step ${n} of 42`));
    expect(screens.slice(0, 6).every((screen) => screen.startsWith('\u001b[2J\u001b[H'))).toBe(
      true,
    );
  });

  it('takes a line behind a colon', async () => {
    const screens = await pressed([':', 'g', 'x', '\u007f', ' ', '7', '\r', '\u0003']);
    expect(screens.slice(1, 6)).toEqual([':', 'g', 'x', '\b \b', ' ']);
    expect(screens[7]).toContain('step 7 of 42');
  });

  it('ends when it is interrupted', async () => {
    const interruption = new AbortController();
    setImmediate(() => {
      interruption.abort();
    });
    await pressed([], interruption.signal);
  });
});
