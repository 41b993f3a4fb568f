/** Small scenarios for the specs of this library: one variant, the cases a spec asks for. */
import { compile, compileWithLines, type Compiled } from './compile/compile.js';
import type { FunctionBuilder } from './builder/function-builder.js';
import { fn } from './language/fn.js';
import { task, type CaseSpec, type Scenario } from './language/scenario.js';
import type { Program } from '@lastref/kernel';

export type SmallCase = Omit<CaseSpec, 'title'> & Pick<Scenario, 'works'>;

export const small = ({ works, ...spec }: SmallCase): Scenario => ({
  name: 'demo',
  title: 'a test',
  switches: { careful: 'takes the lock' },
  ...(works === undefined ? {} : { works }),
  variants: { one: { title: 'one', switches: [], cases: { main: { title: 'main', ...spec } } } },
});

export const built = (spec: SmallCase): Program => compile(small(spec), 'demo/one');
export const builtWithLines = (spec: SmallCase): Compiled =>
  compileWithLines(small(spec), 'demo/one');

/** A task `open` that calls `device_open` of drivers/device.c, whose code is given. */
export const device_open = (body: (f: FunctionBuilder) => void): SmallCase => {
  const opens = fn('device_open', 'drivers/device.c', body);
  return {
    tasks: [
      task('open', (f) => {
        f.call(opens);
      }),
    ],
  };
};

/** How errors in it begin. */
export const IN_DEVICE_OPEN = 'demo/one/main: device_open (drivers/device.c) < open: ';

/** What building throws; an empty string if it throws nothing. */
export function errorOf(spec: SmallCase): string {
  try {
    built(spec);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The code of a program, an operation a line, with its labels. */
export const listing = ({ code, milestones }: Program): string[] =>
  code.map(
    ({ op, args, next, alt, milestone, yields, head }, pc) =>
      `${pc}: ${op} ${args.join(',')} -> ${next}${alt === undefined ? '' : `|${alt}`}` +
      (milestone === undefined ? '' : ` [${milestones[milestone] ?? '?'}]`) +
      `${yields === true ? ' yields' : ''}${head === true ? ' head' : ''}`,
  );
