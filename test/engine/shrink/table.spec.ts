/**
 * The passes beside the exact search, on every program of the catalogue: what five seeds come to when the search may settle
 * one node. table.golden.txt has the costs; `npm run golden` writes it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { costText } from '@lastref/exploration';
import { compileAddress, searchable } from '@lastref/scenarios';
import { compared, failing, reproduced } from './support.js';

const SEEDS = 5;
const addresses = searchable().map((a) => `${a.scenario}/${a.variant}/${a.case}`);

it('the passes never come below the minimum, and mostly to it', () => {
  const lines: string[] = [];
  let [reached, all] = [0, 0];
  for (const address of addresses) {
    const program = compileAddress(address);
    for (const { signature, seeds } of failing(program)) {
      const minimum = reproduced(program, signature);
      const costs = seeds.slice(0, SEEDS).map((seed) => {
        const start = { strategy: 'rw/1', seed };
        const { grade, cost, schedule } = reproduced(program, signature, { start, maxNodes: 1 });
        // One node settles what the first step comes to.
        expect(grade).toBe(minimum.cost.steps === 1 ? 'minimum (proved)' : 'locally minimal');
        expect(compared(cost, minimum.cost)).toBeGreaterThanOrEqual(0);
        const again = reproduced(program, signature, { start: { schedule }, maxNodes: 1 });
        expect(again.schedule).toBe(schedule);
        all++;
        if (compared(cost, minimum.cost) > 0) return costText(cost);
        reached++;
        return '=';
      });
      lines.push(`${address} ${signature}\n  ${costText(minimum.cost)}: ${costs.join(' ')}`);
    }
  }
  const text = `${lines.join('\n')}\n\nreached by ${reached} of ${all} seeds\n`;
  const path = join(__dirname, 'table.golden.txt');
  if (process.env['WRITE_GOLDEN'] === '1') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
});
