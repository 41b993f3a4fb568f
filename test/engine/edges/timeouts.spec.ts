/** Timeouts fire in the order of the program, which tells twins apart, and never where the order of the case forbids it. */
import { completion, flag, fn, statics, task, type FunctionBuilder } from '@lastref/authoring';
import { tiny } from '../support/tiny.js';
import { told } from './told.js';

const { never, never2, go, order, ready } = statics({
  never: completion(),
  never2: completion(),
  go: flag(),
  order: flag(),
  ready: flag(),
});
const check = fn('check', 'a.c', (f) => {
  f.check('the twin gave up first', order, '==', 1);
});

it('two twins beside a third that gives up between them', () => {
  const twin = (f: FunctionBuilder): void => {
    f.if(
      f.test_and_set_bit(go),
      () => {
        f.unless(f.wait_for_completion_timeout(never), () => {
          f.set_bit(order);
        });
      },
      () => {
        f.stay();
      },
    );
  };
  const middle = task('middle', (f) => {
    f.unless(f.wait_for_completion_timeout(never2), () => {
      f.call(check);
    });
  });
  const program = tiny({ tasks: [task('first', twin), middle, task('last', twin)] });
  expect(told(program).failures).toEqual(['invariant@check(the twin gave up first)']);
});

it('what order bars does not time out, and is outside of the case where nothing else can run', () => {
  const waits = task('waits', (f) => {
    f.milestone('gives-up');
    f.unless(f.wait_for_completion_timeout(never), () => {
      f.call(early);
    });
  });
  const early = fn('early', 'a.c', (f) => {
    f.check('the other is ready', ready, '==', 1);
  });
  const first = task('first', (f) => {
    f.unless(f.wait_for_completion_timeout(never2), () => undefined);
    f.milestone('ready');
    f.set_bit(ready);
  });
  const ordered = tiny({ tasks: [waits, first], order: [['ready', 'gives-up']] });
  expect(told(ordered)).toEqual({ failures: [], reports: [] });
  const barred = tiny({
    tasks: [
      waits,
      task('never gets there', (f) => {
        f.if(f.test_bit(ready), () => {
          f.milestone('ready');
          f.set_bit(ready);
        });
      }),
    ],
    order: [['ready', 'gives-up']],
  });
  expect(told(barred)).toEqual({ failures: [], reports: [] });
});
