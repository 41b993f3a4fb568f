import { abba, traceOf, useAfterFree, type StepWords } from '../trace.fixture.js';
import { interleaving } from './interleaving.js';
import { renderInterleaving } from './render-interleaving.js';

const page = (text: string): string => text.replace(/^\n/, '');
const lines = (text: string): string[] => text.split('\n');

describe('an interleaving', () => {
  it('draws one column per task and an unnumbered blocks line per task of the cycle', () => {
    expect(renderInterleaving(abba)).toBe(
      page(`
cost 0/1/1/2 (events/preemptions/switches/steps); * preempts

      CPU0 remove                             CPU1 open
      -----------                             ---------
      x_remove:
   1    mutex_lock(index_lock)
                                              x_open:
   2*                                           mutex_lock(dev->lock)
      x_del:
        mutex_lock(dev->lock) blocks on CPU1
                                              x_get:
                                                mutex_lock(index_lock) blocks on CPU0
`),
    );
  });

  it('marks where a run fails, and says again where a task is after a switch', () => {
    expect(renderInterleaving(useAfterFree)).toBe(
      page(`
cost 0/1/3/4 (events/preemptions/switches/steps); * preempts

      CPU0 remove           CPU1 read
      -----------           ---------
      x_probe:
   1    dev = kzalloc(dev)
                            x_read:
   2                          d = x->dev
      x_remove > x_free:
   3*   kfree(dev)
                            x_read:
   4                          state = d->state
                              *** use-after-free
`),
    );
  });

  const long = (task: number): StepWords[] => [
    { task, text: 'a = 1', calls: ['f'] },
    { task, text: 'b = 1', calls: ['f'] },
    { task, text: 'mutex_lock(m)', calls: ['g', 'f'], locks: ['acquire m'] },
    {
      task,
      text: 'refcount_dec_and_test(x->refs)',
      calls: ['g', 'f'],
      changes: ['one.x 3 0', 'x.0.refs 2 1'],
    },
    { task, text: 'c = 1', calls: ['g', 'f'] },
    { task, text: 'kfree(x)', calls: ['g', 'f'], milestone: 'gone' },
    { task, text: 'd = 1', calls: ['f'], fault: true },
    { task, text: 'e = 1', calls: ['f'] },
    { task, text: 'z = 1', calls: ['f'] },
  ];

  it('folds a long stretch to its significant lines, and shows all of it when asked', () => {
    const trace = traceOf({ tasks: ['one'], steps: long(0) });
    expect(renderInterleaving(trace)).toBe(
      page(`
cost 0/0/0/9 (events/preemptions/switches/steps); 3 steps folded

      CPU0 one
      --------
      f:
   1    a = 1
      g:
   3    mutex_lock(m)
   4    refcount_dec_and_test(x->refs) 2->1
   6    kfree(x) <gone>
      f:
   7    d = 1 fails (fault)
   9    z = 1
`),
    );
    expect(interleaving(trace, { full: true }).folded).toBe(0);
    expect(renderInterleaving(trace, { full: true })).toContain('   8    e = 1');
  });

  it('keeps the load that explains a use after free, however long the stretch', () => {
    const steps = [...long(0), { task: 0, text: 'y = x->state', calls: ['f'] }];
    const failure = 'use-after-free@f(dev freed by g)';
    const culprit = { object: 'dev.0', type: 'dev', loads: [2] };
    const stale = traceOf({ tasks: ['one'], steps, failure, culprit });
    expect(renderInterleaving(stale)).toContain('   2    b = 1\n');
    const other = traceOf({ tasks: ['one'], steps, failure, culprit: { ...culprit, loads: [] } });
    expect(renderInterleaving(other)).not.toContain('   2    b = 1\n');
  });

  it('counts one folded step as one', () => {
    const steps = ['a', 'b', 'mutex', 'c', 'd'].map((word) =>
      word === 'mutex'
        ? { task: 0, text: 'mutex_lock(m)', calls: ['f'], locks: ['acquire m'] }
        : { task: 0, text: `${word} = 1`, calls: ['f'], ...(word === 'b' ? { fault: true } : {}) },
    );
    expect(renderInterleaving(traceOf({ tasks: ['one'], steps }))).toContain('; 1 step folded\n');
  });

  it('never breaks a count between its arrow and its value', () => {
    const text = `refcount_dec_and_test(${'d'.repeat(28)}->kobj)`;
    const counted = { text, calls: ['f'], changes: ['dev.0.kobj 1 0'] };
    const steps = [0, 1, 0, 1].map((task) => ({ task, ...counted }));
    for (let pad = 0; pad < 12; pad++) {
      const wide = steps.map((step) => ({
        ...step,
        text: step.text.replace('->', `${'e'.repeat(pad)}->`),
      }));
      const drawn = renderInterleaving(traceOf({ tasks: ['one', 'two'], steps: wide }));
      expect(drawn).not.toMatch(/1->$/m);
      expect(drawn).toContain('1->0');
    }
  });

  it('keeps two columns within 100 characters and breaks what does not fit', () => {
    const text = 'refcount_dec_and_mutex_lock(some_long_device->references_of_it)';
    const steps = [0, 1, 0, 1].map((task) => ({ task, text, calls: [`function_of_${text}`] }));
    const drawn = lines(renderInterleaving(traceOf({ tasks: ['one', 'two'], steps })));
    expect(Math.max(...drawn.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(drawn).toContain('   1    refcount_dec_and_mutex_lock(');
    expect(drawn).toContain('            some_long_device->references_of_it)');
  });

  it('loses no character when it breaks a line', () => {
    const text = `x = ${'y'.repeat(150)}`;
    const trace = traceOf({ tasks: ['one'], steps: [{ task: 0, text, calls: [] }] });
    const drawn = lines(renderInterleaving(trace)).slice(4);
    expect(drawn.join('').replaceAll(' ', '')).toBe(`1x=${'y'.repeat(150)}`);
  });
});
