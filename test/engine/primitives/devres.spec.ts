import { devres, fn, statics, Struct, type FunctionBuilder } from '@lastref/authoring';
import { BoundExceeded } from '@lastref/kernel';
import { proveTiny } from '../support/tiny.js';
import { named } from '../library/named.js';

class Device extends Struct {
  static override readonly tag = 'device';
  devres = devres(3);
}
const { resources } = statics({ resources: devres(3) });

const alone = (body: (f: FunctionBuilder) => void) => proveTiny({ tasks: named({ body }) });
const expects = (f: FunctionBuilder, action: number): void => {
  f.invariant(`action ${action} is next`, f.var('same', 1, 0));
};

/** Fails unless the resources are released in this order, and then no more. */
const released = (f: FunctionBuilder, order: readonly number[]): void => {
  for (const action of [...order, 0])
    f.unless(f.eq(f.devres_release_last(resources), action), () => {
      expects(f, action);
    });
};

describe('devres', () => {
  it('gives back last in first out, then nothing', () => {
    const body = (f: FunctionBuilder): void => {
      for (const action of [3, 1, 1, 2]) f.devres_add(resources, action);
      released(f, [2, 1, 1, 3]);
      f.devres_add(resources, 2);
      released(f, [2]);
    };
    expect(alone(body)).toMatchObject({ failures: [], complete: true });
  });

  it('has a bound, which is no verdict', () => {
    const body = (f: FunctionBuilder): void => {
      for (let i = 0; i < 5; i++) f.devres_add(resources, 1);
    };
    expect(() => alone(body)).toThrow(BoundExceeded);
  });

  it('goes with the device', () => {
    const free = fn('free', 'a.c', (f, register: boolean) => {
      const dev = f.kzalloc(Device);
      f.kfree(dev);
      if (register) f.devres_add(dev.devres, 1);
      else f.devres_release_last(dev.devres);
    });
    for (const register of [true, false])
      expect(
        alone((f) => {
          f.call(free, register);
        }).failures,
      ).toEqual(['use-after-free@free(device freed by free)']);
  });
});
