import { builtWithLines } from '../small.fixture.js';
import { fn } from '../language/fn.js';
import { statics } from '../language/globals.js';
import { task } from '../language/scenario.js';
import { flag } from '../language/struct.js';
import { operationsByLine, placeOf } from './source-map.js';

const { x, y } = statics({ x: flag(), y: flag() });
const locked = fn('locked', 'a.c', (f) => {
  f.set_bit(x);
  f.clear_bit(x);
});

const lineOf = (error: Error): number =>
  Number(/source-map\.spec\.ts:(\d+)/.exec(error.stack ?? '')?.[1]);

it('every operation but the end stands on a line of the author', () => {
  const { program, lines } = builtWithLines({
    tasks: [
      task('a', (f) => {
        f.call(locked);
        f.if(f.load(y), () => {
          f.set_bit(x);
        });
      }),
    ],
  });
  const unknown = program.code.flatMap((op, pc) => (placeOf(lines, pc) === '' ? [op.op] : []));
  expect(unknown).toEqual(['end']);
  expect(lines.files).toEqual([expect.stringMatching(/source-map\.spec\.ts$/)]);
});

it('names the line', () => {
  let line = 0;
  const spec = {
    tasks: [
      task('a', (f) => {
        line = lineOf(new Error()) + 1;
        f.set_bit(x);
      }),
    ],
  };
  const place = placeOf(builtWithLines(spec).lines, 1);
  expect(place).toMatch(new RegExp(String.raw`source-map\.spec\.ts:${line}:\d+$`));
});

it('inlined copies of one line stand together', () => {
  const { lines } = builtWithLines({
    tasks: [
      task('a', (f) => {
        f.call(locked);
        f.call(locked);
      }),
    ],
  });
  expect(operationsByLine(lines).map(({ operations }) => operations)).toEqual([
    [1, 3],
    [2, 4],
  ]);
});
