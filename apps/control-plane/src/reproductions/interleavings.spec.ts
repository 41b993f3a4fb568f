import type { Reproduction } from '@lastref/contracts';
import { Problem } from '../http/problem.js';
import type { ReplaysService } from '../replays/replays.service.js';
import { Interleavings } from './interleavings.js';

const reproduction = (id: number): Reproduction =>
  ({ id, program: 'p', schedule: String(id), signature: 's' }) as Reproduction;

/** Counts what it is asked at once; every drawing takes a few turns of the loop. */
function counting(outcome: (schedule: string) => Problem | undefined = () => undefined): {
  service: Interleavings;
  asked: () => { most: number; times: number };
} {
  const seen = { most: 0, times: 0, now: 0 };
  const replays = {
    run: async ({ schedule }: { schedule: string }) => {
      seen.times += 1;
      seen.now += 1;
      seen.most = Math.max(seen.most, seen.now);
      await new Promise(setImmediate);
      seen.now -= 1;
      const problem = outcome(schedule);
      if (problem !== undefined) throw problem;
      return { report: 'report', interleaving: `interleaving ${schedule}` };
    },
  };
  const service = new Interleavings(replays as unknown as ReplaysService);
  return { service, asked: () => ({ most: seen.most, times: seen.times }) };
}

describe('drawings of reproductions', () => {
  it('are made once and one at a time, however many pages ask at once', async () => {
    const { service, asked } = counting();
    const ids = Array.from({ length: 50 }, (_, id) => id);
    const pages = Array.from({ length: 6 }, () =>
      Promise.all(ids.map((id) => service.draw(reproduction(id)))),
    );
    for (const page of await Promise.all(pages)) {
      expect(page.map(({ interleaving }) => interleaving)).toEqual(
        ids.map((id) => `interleaving ${id}`),
      );
    }
    expect(asked()).toEqual({ most: 1, times: 50 });
  });

  it('that are refused are refused again without a run, unless the engine was only busy', async () => {
    const { service, asked } = counting((schedule) =>
      schedule === '1' ? new Problem('replay-refused', 'no') : new Problem('unavailable', 'busy'),
    );
    for (let time = 0; time < 3; time += 1) {
      await expect(service.draw(reproduction(1))).rejects.toThrow('no');
      await expect(service.draw(reproduction(2))).rejects.toThrow('busy');
    }
    expect(asked().times).toBe(4);
  });
});
