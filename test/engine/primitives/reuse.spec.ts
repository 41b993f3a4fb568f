import {
  flag,
  fn,
  ptr,
  spinlock,
  statics,
  Struct,
  task,
  type FunctionBuilder,
} from '@lastref/authoring';
import { parseProgram } from '@lastref/kernel';
import { proveTiny, tiny } from '../support/tiny.js';

class Part extends Struct {
  static override readonly tag = 'part';
  used = flag();
}
class Thing extends Struct {
  static override readonly tag = 'thing';
  lock = spinlock();
  used = flag();
  part = ptr(() => Part);
}
const { thing, kept } = statics({ thing: ptr(() => Thing), kept: ptr(() => Part) });

const given = (f: FunctionBuilder): void => {
  const object = f.kzalloc(Thing);
  f.set_bit(object.used);
  const part = f.kzalloc(Part);
  f.store(object.part, part);
  f.store(kept, part);
  f.store(thing, object);
};
const use = (name: string, body: (f: FunctionBuilder) => void) =>
  task(name, (f) => {
    f.call(fn(name, 'a.c', body));
  });
const free_and = (body: (f: FunctionBuilder) => void) => ({
  given,
  tasks: [
    use('use', (f) => {
      f.kfree(f.load(thing));
      body(f);
    }),
  ],
});
const read_flag = (f: FunctionBuilder): void => {
  f.if(f.test_bit(f.load(thing).used), () => {
    f.invariant('zeroed', 0);
  });
};

describe('freed memory', () => {
  it('is kept apart unless the case says otherwise', () => {
    const failures = ['use-after-free@use(thing freed by use)'];
    expect(proveTiny(free_and(read_flag)).failures).toEqual(failures);
    expect(proveTiny({ ...free_and(read_flag), reuse: 'quarantine' }).failures).toEqual(failures);
  });

  it('holds zeros where it is reused at once', () => {
    expect(proveTiny({ ...free_and(read_flag), reuse: 'zeroed' }).failures).toEqual([]);
  });

  it('gives NULL pointers where it is reused at once', () => {
    const result = proveTiny({
      ...free_and((f) => {
        f.set_bit(f.load(f.load(thing).part).used);
      }),
      reuse: 'zeroed',
    });
    expect(result.failures).toEqual(['null-deref@use(part.used)']);
  });

  it('keeps what is written into it, and frees locks', () => {
    const result = proveTiny({
      ...free_and((f) => {
        const object = f.load(thing);
        f.spin_lock(object.lock);
        f.set_bit(object.used);
        f.unless(f.test_bit(object.used), () => {
          f.invariant('written', 0);
        });
        f.spin_unlock(object.lock);
      }),
      reuse: 'zeroed',
    });
    expect(result.failures).toEqual([]);
  });

  it('still fails to be freed twice or with a lock held', () => {
    const twice = free_and((f) => {
      f.kfree(f.load(thing));
    });
    expect(proveTiny({ ...twice, reuse: 'zeroed' }).failures).toEqual([
      'double-free@use(thing freed by use)',
    ]);
    const held = {
      given,
      tasks: [
        use('lock', (f) => {
          f.spin_lock(f.load(thing).lock);
          f.stay();
        }),
        use('free', (f) => {
          f.kfree(f.load(thing));
        }),
      ],
    };
    expect(proveTiny({ ...held, reuse: 'zeroed' }).failures).toEqual([
      'held-lock-freed@free(thing freed by free)',
    ]);
  });

  it('is handed out again with zeros once nothing points to it', () => {
    const result = proveTiny({
      ...free_and((f) => {
        f.set_bit(f.load(thing).used);
        f.store(thing, null);
        f.store(thing, f.kzalloc(Thing));
        read_flag(f);
      }),
      reuse: 'zeroed',
    });
    expect(result.failures).toEqual([]);
  });

  it('has no other policy', () => {
    const program = tiny({ ...free_and(read_flag), reuse: 'zeroed' });
    expect(parseProgram({ ...program, reuse: 'zero' })).toMatchObject({
      ok: false,
      errors: [{ pointer: '/reuse', message: "no such value: 'zero'", nearest: 'zeroed' }],
    });
  });
});
