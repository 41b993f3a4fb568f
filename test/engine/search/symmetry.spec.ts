/** A search that keeps one state of those alike says what the plain search says, from fewer states. */
import { fn, int, mutex, rwsem, statics, task, type CaseSpec } from '@lastref/authoring';
import { prove, type SearchResult } from '@lastref/exploration';
import { compileAddress, searchable } from '@lastref/scenarios';
import { tiny } from '../support/tiny.js';

const SMALL = 30_000;

const said = ({ failures, reports, reached, missed, unexecuted, idleTasks }: SearchResult) => ({
  failures,
  reports,
  reached,
  missed,
  unexecuted,
  idleTasks,
});

describe.each(searchable().map((a) => `${a.scenario}/${a.variant}/${a.case}`))('%s', (address) => {
  it('has the same verdict, reports and coverage with and without symmetry', () => {
    const program = compileAddress(address);
    const plain = prove(program, { maxStates: SMALL });
    if (!plain.complete) return;
    const reduced = prove(program, { maxStates: SMALL, symmetry: true });
    expect(said(reduced)).toEqual(said(plain));
    expect(reduced.states).toBeLessThanOrEqual(plain.states);
  });
});

describe('identical tasks', () => {
  const { a, b, sem, n } = statics({ a: mutex(), b: mutex(), sem: rwsem(), n: int(1) });
  const three = (body: Parameters<typeof task>[1]): Pick<CaseSpec, 'tasks'> => ({
    tasks: [task('1', body), task('2', body), task('3', body)],
  });
  const either = fn('either', 'a.c', (f) => {
    f.if(
      f.test_and_set_bit(n),
      () => {
        f.mutex_lock(b);
        f.mutex_lock(a);
        f.mutex_unlock(a);
        f.mutex_unlock(b);
      },
      () => {
        f.mutex_lock(a);
        f.mutex_lock(b);
        f.mutex_unlock(b);
        f.mutex_unlock(a);
      },
    );
  });
  const semaphores = fn('semaphores', 'a.c', (f) => {
    f.down_read(sem);
    f.down_read(sem);
    f.up_read(sem);
    f.up_read(sem);
    f.down_write(sem);
    f.up_write(sem);
  });

  it.each([
    ['an AB-BA deadlock', either],
    ['readers that a waiting writer blocks', semaphores],
  ])('%s: the same failures from at most a third of the states', (_, body) => {
    const program = tiny(
      three((f) => {
        f.call(body);
      }),
    );
    const plain = prove(program);
    const reduced = prove(program, { symmetry: true });
    expect(plain.failures.length).toBeGreaterThan(0);
    expect(said(reduced)).toEqual(said(plain));
    expect(reduced.states * 3).toBeLessThanOrEqual(plain.states + 6);
  });

  it('says not proved, with its frontier, where bytes run out', () => {
    const result = prove(compileAddress('nbd/fixed/main'), { maxBytes: 1 << 20 });
    expect(result.complete).toBe(false);
    expect(result.frontier).toBeGreaterThan(0);
  });
});
