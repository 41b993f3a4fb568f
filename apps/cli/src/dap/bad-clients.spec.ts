import fc from 'fast-check';
import { DapClient } from './client.fixture.js';

const run = { program: 'nbd/buggy', seed: 13842 };
const EVERY = [
  ...['launch', 'configurationDone', 'restart', 'setBreakpoints', 'setFunctionBreakpoints'],
  ...['setExceptionBreakpoints', 'threads', 'stackTrace', 'scopes', 'variables', 'evaluate'],
  ...['source', 'loadedSources', 'exceptionInfo', 'pause'],
  ...['continue', 'reverseContinue', 'next', 'stepIn', 'stepOut', 'stepBack'],
];

describe('a client that does not keep to the order', () => {
  it('is told of each request what has to come first', async () => {
    const client = new DapClient();
    for (const command of EVERY)
      expect(await client.ask(command, { threadId: 1 })).toMatchObject({
        success: false,
        message: `${command}: initialize has to come first`,
      });
    await client.body('initialize', {});
    for (const command of EVERY.filter((one) => one !== 'launch'))
      expect((await client.ask(command)).message).toBe(`${command}: launch has to come first`);
    await client.body('launch', run);
    for (const command of ['next', 'stackTrace', 'evaluate'])
      expect((await client.ask(command)).message).toBe(
        `${command}: configurationDone has to come first`,
      );
    await client.moved('configurationDone');
    for (const command of ['initialize', 'launch', 'configurationDone'])
      expect((await client.ask(command, run)).message).toBe(
        `${command}: has been answered already`,
      );
    await client.close();
  });

  it('is told of threads, frames and variables that there are not', async () => {
    const client = new DapClient();
    await client.launch(run);
    await client.moved('configurationDone');
    const wrong: [string, object, string][] = [
      ['next', { threadId: 77 }, 'no thread 77; there are 1 to 4'],
      ['stackTrace', { threadId: 0 }, 'no thread 0; there are 1 to 4'],
      ['scopes', { frameId: 5 }, 'no frame 5 in this state; ask for the stack again'],
      [
        'variables',
        { variablesReference: 5 },
        'no variables 5 in this state; ask for scopes again',
      ],
      ['exceptionInfo', { threadId: 1 }, 'the run has not failed here'],
      ['pause', { threadId: 1 }, 'nothing runs by itself'],
      ['attach', {}, 'there is nothing to attach to; a run is launched'],
      ['fly', {}, 'this adapter has no such request'],
    ];
    for (const [command, words, message] of wrong)
      expect((await client.ask(command, words)).message).toBe(`${command}: ${message}`);
    await client.close();
  });

  it('does not take a number of an earlier state for another thing', async () => {
    const client = new DapClient();
    await client.launch(run);
    await client.moved('configurationDone');
    const { stackFrames } = await client.body('stackTrace', { threadId: 1 });
    const [frame] = stackFrames as { id: number }[];
    await client.moved('stepIn');
    await client.body('stackTrace', { threadId: 1 });
    expect((await client.ask('scopes', { frameId: frame?.id })).success).toBe(false);
    await client.close();
  });
});

describe('a client that does not speak the protocol', () => {
  it.each([
    ['no JSON', 'Content-Length: 3\r\n\r\nabc'],
    ['no message', 'Content-Length: 4\r\n\r\nnull'],
    ['a message without an end', `Content-Length: 99999999\r\n\r\n${' '.repeat(5_000_000)}`],
  ])('by %s ends the session with one line', async (_, text) => {
    const client = new DapClient();
    client.raw(text);
    const { exit, out, err } = await client.ended;
    expect([exit, out]).toEqual([2, '']);
    expect(err).toMatch(/^lastref: not the debug adapter protocol: .*\n$/);
  });

  it('gets one answer to each request, whatever it asks with whatever arguments', async () => {
    const words = fc.oneof(
      fc.constantFrom(run, { threadId: 1 }, { threadId: 2 }, { frameId: 1 }, undefined),
      fc.jsonValue({ maxDepth: 2 }),
      fc.record({
        threadId: fc.integer({ max: 5 }),
        source: fc.jsonValue(),
        breakpoints: fc.jsonValue(),
      }),
    );
    const requests = fc.array(
      fc.tuple(fc.constantFrom('initialize', 'attach', '__proto__', ...EVERY), words),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(requests, async (list) => {
        const client = new DapClient();
        const prefix =
          list.length % 2 === 0
            ? []
            : ([
                ['initialize', {}],
                ['launch', run],
                ['configurationDone', {}],
              ] as const);
        const all = [...prefix, ...list];
        await Promise.all(all.map(([command, arg]) => client.ask(command, arg)));
        const { exit } = await client.close();
        const answers = client.said.filter(({ type }) => type === 'response');
        expect([exit, answers.length]).toEqual([0, all.length]);
      }),
      { numRuns: 40 },
    );
  });
});
