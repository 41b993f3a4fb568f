/** The watch that runs beside every test of the engine sees what it is there for. */
import { flag, int, statics, task } from '@lastref/authoring';
import { Machine, tablesOf } from '@lastref/kernel';
import { tiny } from './support/tiny.js';

const { n, done } = statics({ n: int(3), done: flag() });

const tables = tablesOf(
  tiny({
    tasks: [
      task('writes', (f) => {
        f.store(n, 3);
      }),
      task('late', (f) => {
        f.milestone('late');
        f.set_bit(done);
      }),
      task('early', (f) => {
        f.milestone('early');
        f.clear_bit(done);
      }),
    ],
    order: [['early', 'late']],
  }),
);

/** A machine at time 0. @param max what the slot of `n` is declared up to; its operations know of 3 */
function machine(max = 3): Machine {
  const slots = tables.layout.slots.map((slot) => (slot.name === 'n' ? { ...slot, max } : slot));
  const built = new Machine({ ...tables, layout: { ...tables.layout, slots } });
  built.reset();
  return built;
}

it('a step that leaves more in a slot than is declared', () => {
  const narrow = machine(2);
  expect(() => narrow.step(0, false)).toThrow('slot n holds 3; it is declared from 0 to 2');
});

it('a milestone that is reached before what `order` puts first', () => {
  const m = machine();
  expect(m.candidates()).toBe(0b101);
  expect(() => m.step(1, false)).toThrow('late is reached before early');
});

it('nothing where all is well', () => {
  const m = machine();
  for (const step of [0, 2, 1]) expect(m.step(step, false)).toBe(true);
});
