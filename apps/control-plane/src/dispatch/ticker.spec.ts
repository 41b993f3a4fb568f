import { Ticker } from './ticker.js';

const AN_HOUR = 3_600_000;

describe('a ticker', () => {
  it('runs again when it is woken, also while its duty runs', async () => {
    let runs = 0;
    let third = (): void => undefined;
    const ran = new Promise<void>((resolve) => {
      third = resolve;
    });
    const ticker = new Ticker(
      AN_HOUR,
      () => {
        runs += 1;
        if (runs < 3) ticker.wake();
        else third();
        return Promise.resolve();
      },
      () => undefined,
    );
    ticker.start();
    await ran;
    await ticker.stop();
    expect(runs).toBe(3);
  });

  it('stops at once, and reports a duty that fails', async () => {
    const errors: unknown[] = [];
    const reported = new Promise<void>((resolve) => {
      const failing = new Ticker(
        AN_HOUR,
        () => Promise.reject(new Error('the database is away')),
        (error) => {
          errors.push(error);
          resolve(failing.stop());
        },
      );
      failing.start();
    });
    await reported;
    expect(errors).toEqual([new Error('the database is away')]);
  });
});
