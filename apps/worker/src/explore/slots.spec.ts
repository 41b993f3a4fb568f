import { Slots } from './slots.js';

interface Held {
  readonly ended: Promise<string>;
  readonly end: () => void;
}

describe('slots', () => {
  const order: string[] = [];

  function hold(slots: Slots, name: string, first = false): Held {
    let end = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      end = resolve;
    });
    const ended = slots.use(async () => {
      order.push(name);
      await released;
      return name;
    }, first);
    return { ended, end };
  }

  beforeEach(() => {
    order.length = 0;
  });

  it('lets what somebody has begun before go first', async () => {
    const slots = new Slots(1);
    const [a, b, c] = [hold(slots, 'a'), hold(slots, 'b'), hold(slots, 'c', true)];
    for (const held of [a, b, c]) held.end();
    await Promise.all([a.ended, b.ended, c.ended]);
    expect(order).toEqual(['a', 'c', 'b']);
  });

  it('runs as many at a time as there are, in the order of coming', async () => {
    const slots = new Slots(2);
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => hold(slots, name));
    await Promise.resolve();
    expect(order).toEqual(['a', 'b']);
    b?.end();
    await b?.ended;
    expect(order).toEqual(['a', 'b', 'c']);
    for (const held of [a, c, d]) held?.end();
    expect(await Promise.all([a?.ended, c?.ended, d?.ended])).toEqual(['a', 'c', 'd']);
    expect(order).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gets a place back from work that fails', async () => {
    const slots = new Slots(1);
    await expect(slots.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.use(() => Promise.resolve('yes'))).toBe('yes');
  });
});
