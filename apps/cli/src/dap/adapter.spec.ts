import { replay } from '@lastref/exploration';
import { formatToken } from '@lastref/contracts';
import { programDigest, programJson } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DapClient } from './client.fixture.js';

const ADDRESS = 'nbd/buggy/main';
const SEED = 13842;
const program = compileAddress(ADDRESS);
const replayed = replay(program, { strategy: 'rw/1', seed: SEED });
if (!replayed.ok) throw new Error(replayed.message);
const { trace } = replayed;
const run = { program: ADDRESS, seed: SEED };

async function stopped(words: object = run): Promise<DapClient> {
  const client = new DapClient();
  await client.launch(words);
  expect(await client.moved('configurationDone')).toMatchObject({ reason: 'entry' });
  return client;
}

describe('a session of the debug adapter', () => {
  it('goes from the launch to the failing step, and back to the first', async () => {
    const client = await stopped();
    const { signature } = trace.verdict as { signature: string };
    const failed = { reason: 'exception', allThreadsStopped: true, text: signature };
    expect(await client.moved('continue')).toMatchObject(failed);
    const told = await client.body('exceptionInfo', { threadId: 1 });
    expect(told).toMatchObject({ exceptionId: 'deadlock', breakMode: 'always' });
    expect(told['description']).toContain('blocked for more than 120 seconds');
    expect(await client.scope('Locks')).toMatchObject({
      nbd_index_mutex: 'nbd-client -d, since step 38',
      'nbd-client -d waits for': 'gendisk.open_mutex, held by open /dev/nbd0',
      'open /dev/nbd0 waits for': 'nbd_index_mutex, held by nbd-client -d',
    });
    const threads: unknown[] = [];
    for (let n = trace.steps.length - 1; n >= 0; n--) {
      const { reason, threadId } = await client.moved('stepBack');
      expect(reason).toBe(n === 0 ? 'entry' : 'step');
      expect((await client.scope('Step'))['executed']).toBe(`${n} of ${trace.steps.length}`);
      threads.unshift(threadId);
    }
    expect(threads).toEqual(trace.steps.map(({ task }) => task + 1));
    await client.moved('continue');
    expect(await client.moved('reverseContinue')).toMatchObject({ reason: 'entry' });
    await client.body('disconnect');
    expect(await client.ended).toMatchObject({ exit: 0, err: '' });
  });

  it('shows the same state on the way back as on the way there', async () => {
    const client = await stopped();
    const look = async (): Promise<unknown> => [
      await client.scope('Locks'),
      await client.scope('Objects'),
      await client.scope('Counts'),
      await client.scope('Locals', 2),
    ];
    const there: unknown[] = [await look()];
    for (let i = 0; i < 30; i++) {
      await client.moved('stepIn');
      there.push(await look());
    }
    for (let i = 29; i >= 0; i--) {
      await client.moved('stepBack');
      expect(await look()).toEqual(there[i]);
    }
    await client.close();
  });

  it('stops at functions and at lines that the scenario has, in both directions', async () => {
    const client = await stopped();
    const { stackFrames } = await client.body('stackTrace', { threadId: 1 });
    const [here] = stackFrames as { source: { path: string }; line: number }[];
    expect(here?.source.path).toMatch(/nbd\/genl\.[tj]s$/);
    const breakpoints = [{ line: here?.line }, { line: 99_999 }];
    expect(await client.body('setBreakpoints', { ...here, breakpoints })).toEqual({
      breakpoints: [
        { verified: true, line: here?.line },
        { verified: false, message: 'no step is written at this line or below it' },
      ],
    });
    const names = [{ name: 'nbd_put' }, { name: 'nbd_pot' }];
    expect(await client.body('setFunctionBreakpoints', { breakpoints: names })).toMatchObject({
      breakpoints: [{ verified: true }, { message: expect.stringContaining('nbd_put?') as string }],
    });
    expect(await client.moved('continue')).toMatchObject({ reason: 'breakpoint', threadId: 1 });
    const top = (await client.body('stackTrace', { threadId: 1, levels: 1 }))['stackFrames'];
    expect(top).toMatchObject([{ name: 'nbd_put' }]);
    await client.body('setFunctionBreakpoints', { breakpoints: [] });
    expect(await client.moved('continue')).toMatchObject({ reason: 'exception' });
    expect(await client.moved('reverseContinue')).toMatchObject({ reason: 'entry' });
    await client.close();
  });

  it('steps over and out of what one task calls, whatever the others do', async () => {
    const client = await stopped();
    await client.body('setFunctionBreakpoints', { breakpoints: [{ name: 'nbd_put' }] });
    await client.moved('continue');
    const stack = async (): Promise<string[]> => {
      const { stackFrames } = await client.body('stackTrace', { threadId: 1 });
      return (stackFrames as { name: string }[]).map(({ name }) => name);
    };
    const depth = (await stack()).length;
    expect(await client.moved('next')).toMatchObject({ threadId: 1 });
    expect((await stack()).length).toBeLessThanOrEqual(depth);
    const callee = 'nbd_disconnect_and_put';
    await client.body('setFunctionBreakpoints', { breakpoints: [{ name: callee }] });
    await client.body('restart');
    await client.moved('continue');
    expect(await stack()).toContain(callee);
    expect(await client.moved('stepOut')).toMatchObject({ threadId: 1, reason: 'step' });
    expect(await stack()).not.toContain(callee);
    await client.close();
  });

  it('prints what the program has of a function where there is no file', async () => {
    const client = await stopped();
    const { stackFrames } = await client.body('stackTrace', { threadId: 2 });
    const frames = stackFrames as {
      name: string;
      line: number;
      source: { sourceReference?: number };
    }[];
    const caller = frames.find(({ name }) => name === 'blkdev_open');
    const { content } = await client.body('source', { source: caller?.source });
    const lines = (content as string).split('\n');
    expect(lines[0]).toBe('/* blkdev_open (fs/block_dev.c) */');
    expect(lines[(caller?.line ?? 0) - 1]).toContain('blkdev_get_no_open(...);');
    const lock = lines.findIndex((line) => line.includes('mutex_lock(gendisk->open_mutex)')) + 1;
    const words = { source: caller?.source, breakpoints: [{ line: lock }] };
    expect(await client.body('setBreakpoints', words)).toEqual({
      breakpoints: [{ verified: true, line: lock }],
    });
    expect(await client.moved('continue')).toMatchObject({ reason: 'breakpoint', threadId: 2 });
    expect(await client.ask('source', { sourceReference: 9_999 })).toMatchObject({
      message: 'source: no source 9999',
    });
    await client.close();
  });

  it('evaluates names, and jumps to a step', async () => {
    const client = await stopped();
    const goto = { expression: 'goto 41', context: 'repl' };
    expect(await client.moved('evaluate', goto)).toMatchObject({ threadId: 1 });
    const value = async (expression: string): Promise<unknown> =>
      (await client.body('evaluate', { expression }))['result'];
    expect(await value('nbd_device.0.refs')).toBe('0');
    expect(await value('gendisk.0.kobj')).toBe('2');
    expect(await value('disk')).toBe('NULL');
    expect(await value('nbd_device.0')).toMatch(/^live, allocated by nbd_dev_add/);
    const unknown = await client.ask('evaluate', { expression: 'nothing' });
    expect(unknown.message).toContain("nothing is called 'nothing' here");
    await client.close();
  });
});

describe('a launch configuration', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lastref-dap-'));
    await writeFile(join(folder, 'p.json'), programJson(program));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const { schedule } = trace;
  const token = formatToken({ program: programDigest(program), schedule });
  const forms: [string, () => object][] = [
    ['a seed', () => run],
    ['a schedule', () => ({ program: ADDRESS, schedule })],
    ['a token', () => ({ token })],
    ['a file and a seed', () => ({ program: join(folder, 'p.json'), seed: SEED })],
    ['a file and a token', () => ({ program: join(folder, 'p.json'), token })],
  ];
  it.each(forms)('names the run by %s', async (_, words) => {
    const client = new DapClient();
    await client.launch({ ...words(), stopOnEntry: false });
    expect(await client.moved('configurationDone')).toMatchObject({ reason: 'exception' });
    await client.close();
  });

  const bad: [object, string][] = [
    [{}, 'program or token'],
    [{ program: ADDRESS }, 'name one run'],
    [{ program: 1 }, 'program: '],
    [{ program: ADDRESS, seed: -1 }, 'seed: '],
    [{ program: ADDRESS, seed: 'x' }, 'seed: '],
    [{ program: ADDRESS, seed: 1, schedule: '0' }, 'name one run'],
    [{ program: ADDRESS, seed: 1, strategy: 'zz/1' }, 'strategy'],
    [{ program: ADDRESS, schedule: 'zzz' }, 'cannot be taken'],
    [{ program: 'nbd/bugy', seed: 1 }, 'did you mean'],
    [{ program: './nothing.json', seed: 1 }, 'cannot read'],
    [{ token: 'lr1.nothing' }, 'not a replay token'],
    [{ token, seed: 1 }, 'alone'],
    [{ token, program: 'nbd/fixed' }, 'the token is of program'],
  ];
  it.each(bad)('%j is refused, and a right one taken after it', async (words, message) => {
    const client = new DapClient();
    await client.body('initialize', {});
    const refused = await client.ask('launch', words);
    expect([refused.success, refused.message]).toEqual([false, expect.stringContaining(message)]);
    expect(refused.message).not.toContain('\n');
    await client.body('launch', run);
    expect(await client.moved('configurationDone')).toMatchObject({ reason: 'entry' });
    await client.close();
  });
});

it('launches by the configuration of docs/debugging.md', async () => {
  const page = await readFile(join(__dirname, '../../../../docs/debugging.md'), 'utf8');
  const [, block = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
  const client = await stopped(JSON.parse(block) as object);
  const text = 'deadlock@del_gendisk(gendisk.open_mutex)+nbd_open(nbd_index_mutex)';
  expect(await client.moved('continue')).toMatchObject({ reason: 'exception', text });
  await client.close();
});
