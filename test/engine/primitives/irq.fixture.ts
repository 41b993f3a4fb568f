/** A device with an interrupt line and a threaded one, and programs of some tasks beside its handler. */
import {
  atomic,
  completion,
  flag,
  fn,
  irq,
  KernelModule,
  mutex,
  ptr,
  spinlock,
  statics,
  Struct,
  task,
  threaded_irq,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import { prove, type SearchResult } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { tiny, type TinyCase } from '../support/tiny.js';

export class Device extends Struct {
  static override readonly tag = 'device';
  line = irq(2);
  thread = threaded_irq(2);
}
export const { device, total, done, spin, lock, asked } = statics({
  asked: flag(),
  device: ptr(() => Device),
  total: atomic(5),
  done: completion(4),
  spin: spinlock(),
  lock: mutex(),
});
export const driver = new KernelModule('driver', 3, ['driver.c']);

export type Body = (f: FunctionBuilder, owner: Ref<typeof Device>) => void;
export const counts: Body = (f) => {
  f.atomic_inc(total);
};

export interface Kind {
  readonly name: 'irq' | 'threaded_irq';
  readonly field: 'line' | 'thread';
  readonly request: (f: FunctionBuilder, object: Ref<typeof Device>) => void;
}
export const IRQ: Kind = {
  name: 'irq',
  field: 'line',
  request: (f, { line }) => {
    f.ignore(f.request_irq(line));
  },
};
export const THREADED: Kind = {
  name: 'threaded_irq',
  field: 'thread',
  request: (f, { thread }) => {
    f.ignore(f.request_threaded_irq(thread));
  },
};

export type Options = Partial<TinyCase> & { readonly requested?: boolean };
export const programOf = (
  { field, request }: Kind,
  handler: Body,
  bodies: readonly Body[],
  { requested = true, ...more }: Options = {},
): Program =>
  tiny({
    works: [[Device, field, fn('handler', 'driver.c', handler)]],
    given: (f) => {
      const object = f.kzalloc(Device);
      if (requested) request(f, object);
      f.store(device, object);
    },
    tasks: bodies.map((body, i) => {
      const call = fn(`task_${i}`, 'a.c', (f) => {
        body(f, f.load(device));
      });
      return task(`task ${i}`, (f) => {
        f.call(call);
      });
    }),
    ...more,
  } satisfies TinyCase);
export const ran = (
  kind: Kind,
  handler: Body,
  bodies: readonly Body[],
  options: Options = {},
): SearchResult => prove(programOf(kind, handler, bodies, options));
export const clean = { failures: [], reports: [], complete: true };
export const stays: Body = (f) => {
  f.stay();
};
