/** struct completion beside its plain wait: everybody at once, starting anew, trying, asking. */
import { completion, flag, fn, statics, task, type FunctionBuilder } from '@lastref/authoring';
import { ranAlone } from '../support/run-alone.js';
import { proveTiny } from '../support/tiny.js';

const { done, twice, yes } = statics({ done: completion(), twice: completion(2), yes: flag() });

type Body = (f: FunctionBuilder) => void;
const run = (...bodies: readonly Body[]) =>
  proveTiny({
    tasks: bodies.map((body, i) => {
      const called = fn(`function_${i}`, 'a.c', body);
      return task(`task ${i}`, (f) => {
        f.call(called);
      });
    }),
  });
const waits: Body = (f) => {
  f.wait_for_completion(done);
};
const once: Body = (f) => {
  f.complete(done);
};
const all: Body = (f) => {
  f.complete_all(done);
};

describe('complete_all', () => {
  it('lets every waiter pass, then and later, where complete lets one', () => {
    expect(run(waits, waits, once).failures).toEqual([
      'hung-task@function_0(done)',
      'hung-task@function_1(done)',
    ]);
    const late: Body = (f) => {
      waits(f);
      waits(f);
    };
    expect(run(waits, late, all)).toMatchObject({ failures: [], complete: true });
  });

  it('stands beside complete: what was completed for everybody stays so', () => {
    const both: Body = (f) => {
      all(f);
      once(f);
    };
    expect(run(waits, waits, both)).toMatchObject({ failures: [] });
  });

  it('takes no room from what complete counts', () => {
    const counts: Body = (f) => {
      f.complete(twice);
      f.complete(twice);
      f.wait_for_completion(twice);
      f.complete_all(twice);
    };
    expect(run(counts)).toMatchObject({ failures: [] });
    const more: Body = (f) => {
      for (let i = 0; i < 3; i++) f.complete(twice);
      f.complete_all(twice);
    };
    expect(() => run(more)).toThrow('twice would pass its declared maximum 2');
  });

  it('is undone by reinit_completion', () => {
    const again: Body = (f) => {
      all(f);
      f.reinit_completion(done);
      waits(f);
    };
    expect(run(again).failures).toEqual(['hung-task@function_0(done)']);
  });
});

describe('reinit_completion', () => {
  it('loses a completion that came before', () => {
    const starts: Body = (f) => {
      f.reinit_completion(done);
      waits(f);
    };
    expect(run(starts, once).failures).toEqual(['hung-task@function_0(done)']);
  });
});

const answer = (before: Body, ask: 'completion_done' | 'try_wait_for_completion') =>
  ranAlone((f) => {
    before(f);
    f.if(f[ask](done), () => {
      f.set_bit(yes);
    });
  });

describe('completion_done', () => {
  it('asks, and takes nothing', () => {
    expect(answer(() => undefined, 'completion_done')('yes')).toBe(0);
    const after = answer(once, 'completion_done');
    expect([after('yes'), after('done')]).toEqual([1, 1]);
  });
});

describe('try_wait_for_completion', () => {
  it('takes one if there is one, and never waits', () => {
    expect(answer(() => undefined, 'try_wait_for_completion')('yes')).toBe(0);
    const after = answer(once, 'try_wait_for_completion');
    expect([after('yes'), after('done')]).toEqual([1, 0]);
  });

  it('takes nothing from what is completed for everybody', () => {
    const after = answer(all, 'try_wait_for_completion');
    expect([after('yes'), after('done')]).toEqual([1, 2]);
  });
});
