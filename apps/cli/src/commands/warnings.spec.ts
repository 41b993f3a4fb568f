/** A program that hides a leak behind a static variable is proved, and the reader is told. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, ptr, refcount, statics, Struct, task } from '@lastref/authoring';
import { lastref } from '../in-process.fixture.js';

class Device extends Struct {
  static override readonly tag = 'device';
  refs = refcount(3);
}
const { device } = statics({ device: ptr(() => Device) });

const program = compile(
  {
    name: 'demo',
    title: 'demo',
    switches: {},
    variants: {
      buggy: {
        title: 'the last reference is not dropped',
        switches: [],
        cases: {
          main: {
            title: 'put',
            given: (f) => {
              const d = f.kzalloc(Device);
              f.refcount_set(d.refs, 1);
              f.store(device, d);
            },
            tasks: [
              task('put', (f) => {
                f.ignore(f.refcount_dec_and_test(f.load(device).refs));
              }),
            ],
          },
        },
      },
    },
  },
  'demo/buggy',
);

it('prove says so beside its answer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lastref-'));
  try {
    const file = join(folder, 'demo.json');
    writeFileSync(file, JSON.stringify(program));
    const { exit, out, err } = await lastref(['prove', file]);
    expect(out).toContain('proved: no schedule fails');
    expect(err).toContain("warning: static variable 'device' holds a device from the prologue on");
    expect(exit).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
