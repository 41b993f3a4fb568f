import { Occupancy } from './occupancy.js';

interface Visit {
  readonly end: () => void;
  readonly ended: Promise<void>;
}

describe('occupancy', () => {
  let occupancy: Occupancy;
  let inside: string[];

  beforeEach(() => {
    occupancy = new Occupancy();
    inside = [];
  });

  function visit(name: string, how: 'alone' | 'beside'): Visit {
    let end = (): void => undefined;
    const left = new Promise<void>((resolve) => {
      end = resolve;
    });
    const ended = occupancy[how](async () => {
      inside.push(name);
      await left;
      inside = inside.filter((other) => other !== name);
    });
    return { end, ended };
  }

  it('lets any number in beside each other', async () => {
    const visits = ['a', 'b', 'c'].map((name) => visit(name, 'beside'));
    await Promise.resolve();
    expect(inside).toEqual(['a', 'b', 'c']);
    for (const { end } of visits) end();
    await Promise.all(visits.map(({ ended }) => ended));
  });

  it('lets one be alone when the others have left, and in the order of coming', async () => {
    const first = visit('first', 'beside');
    const alone = visit('alone', 'alone');
    const later = visit('later', 'beside');
    const last = visit('last', 'alone');
    await Promise.resolve();
    expect(inside).toEqual(['first']);
    for (const [visitor, next] of [
      [first, 'alone'],
      [alone, 'later'],
      [later, 'last'],
    ] as const) {
      visitor.end();
      await visitor.ended;
      await Promise.resolve();
      expect(inside).toEqual([next]);
    }
    last.end();
    await last.ended;
  });

  it('is left by work that fails', async () => {
    const failing = occupancy.alone(() => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await occupancy.alone(() => Promise.resolve('yes'))).toBe('yes');
  });
});
