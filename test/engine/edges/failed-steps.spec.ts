/** A step that fails has taken no exit and reached no milestone, and names what it failed on. */
import { flag, fn, KernelModule, list, refcount, statics, Struct, task } from '@lastref/authoring';
import { prove } from '@lastref/exploration';
import { describeOp } from '@lastref/kernel';
import { tiny } from '../support/tiny.js';
import { told } from './told.js';

class Device extends Struct {
  static override readonly tag = 'device';
  refs = refcount(2);
  entry = list();
}
const { done, head } = statics({ done: flag(), head: list() });

it('a branching step that fails counts as neither exit, and what follows as never executed', () => {
  const put = fn('put', 'a.c', (f) => {
    const device = f.kzalloc(Device);
    f.kfree(device);
    f.milestone('put');
    f.if(
      f.refcount_dec_and_test(device.refs),
      () => {
        f.set_bit(done);
      },
      () => {
        f.clear_bit(done);
      },
    );
  });
  const program = tiny({
    tasks: [
      task('user', (f) => {
        f.call(put);
      }),
    ],
    reaches: ['put'],
  });
  const { failures, unexecuted, reached, missed } = prove(program);
  expect(failures).toEqual(['use-after-free@put(device freed by put)']);
  expect({ reached, missed }).toEqual({ reached: [], missed: ['put'] });
  const lines = unexecuted.map(({ pc, what, exit }) =>
    [describeOp(program, pc, program.bodies[0]), what, exit ?? ''].join(' ').trim(),
  );
  expect(lines).toEqual([
    'refcount_dec_and_test(device->refs) branch true',
    'refcount_dec_and_test(device->refs) branch false',
    'done = 1 step',
    'done = 0 step',
  ]);
});

it('a static list head that was never set up is named', () => {
  const add = fn('add', 'a.c', (f) => {
    f.list_add(f.kzalloc(Device).entry, head);
  });
  const program = tiny({
    tasks: [
      task('user', (f) => {
        f.call(add);
      }),
    ],
  });
  expect(told(program).failures).toEqual(['null-deref@add(head)']);
});

it('a module whose count goes below zero is named', () => {
  expect(told(underflow()).failures).toEqual(['refcount-underflow@put(driver)']);
});

function underflow() {
  const driver = new KernelModule('driver', 1, ['driver.c']);
  const put = fn('put', 'a.c', (f) => {
    f.module_put(driver);
  });
  return tiny({
    modules: [driver],
    tasks: [
      task('user', (f) => {
        f.call(put);
      }),
    ],
  });
}
