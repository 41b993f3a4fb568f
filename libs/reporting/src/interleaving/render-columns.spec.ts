/** Columns in a page of any width: none wider, nothing lost, whatever the words and however many the tasks. */
import fc from 'fast-check';
import { traceOf } from '../trace.fixture.js';
import { interleaving } from './interleaving.js';
import { renderColumns } from './render-columns.js';

const word = fc.stringMatching(/^[a-z_>(-]{1,90}$/);
const squeezed = (text: string): string => text.replaceAll(/\s+/g, '');

it('are within the page', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 60, max: 200 }),
      fc.array(fc.tuple(fc.nat({ max: 30 }), word, word), { minLength: 1, maxLength: 40 }),
      (width, rows) => {
        const trace = traceOf({
          tasks: Array.from({ length: 31 }, (_, task) => `task number ${task}`),
          steps: rows.map(([task, text, call]) => ({ task, text, calls: [call] })),
        });
        const lines = renderColumns(trace, { width, full: true });
        for (const line of lines) {
          expect(line.length).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/ $/);
        }
        const whole = squeezed(lines.join('\n'));
        for (const row of interleaving(trace, { full: true }).rows)
          expect(whole).toContain(squeezed(row.text));
      },
    ),
  );
});
