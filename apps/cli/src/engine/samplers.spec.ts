import type { Sampler } from '@lastref/exploration';
import { compileAddress } from '@lastref/scenarios';
import { Samplers } from './samplers.js';

const program = compileAddress('nbd/buggy/last-close');
const order = { program, programId: 1, strategy: 'rw/1' };
const itself = (sampler: Sampler): Sampler => sampler;

it('keeps a sampler per strategy, without what it counted', () => {
  const samplers = new Samplers();
  const first = samplers.use(order, (sampler) => {
    sampler.run(0, 10);
    return sampler;
  });
  samplers.use({ ...order, strategy: 'pos/1' }, itself);
  expect(samplers.use(order, itself)).toBe(first);
  expect(first.totals().schedules).toBe(0);
});

it('keeps none for another program, and none that threw', () => {
  const samplers = new Samplers();
  const first = samplers.use(order, itself);
  const second = samplers.use({ ...order, programId: 2 }, itself);
  expect(second).not.toBe(first);
  const fails = (): never => {
    throw new Error('past a bound');
  };
  expect(() => samplers.use({ ...order, programId: 2 }, fails)).toThrow('past a bound');
  expect(samplers.use({ ...order, programId: 2 }, itself)).not.toBe(second);
});
