/**
 * The reports of a dozen bugs, as text files a reader of dmesg can judge: test/engine/golden/reports. Each is the canonical
 * reproduction of the first failure (or report) that exhaustive search finds under the address. `npm run golden` writes them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prove } from '@lastref/exploration';
import { renderInterleaving, renderReport } from '@lastref/reporting';
import { compileAddress } from '@lastref/scenarios';
import { shrink } from '@lastref/shrinking';
import { GOLDEN_REPORTS } from './golden/reports.js';

describe.each(GOLDEN_REPORTS)('$file', ({ file, address, kind }) => {
  it('is the report of its canonical reproduction', () => {
    const program = compileAddress(address);
    const proof = prove(program);
    const signature = [...proof.failures, ...proof.reports].find((s) => s.startsWith(`${kind}@`));
    if (signature === undefined) throw new Error(`${address} shows no ${kind}`);
    const result = shrink(program, signature);
    if (!result.ok) throw new Error(result.message);
    const about = kind === 'livelock' ? { signature } : {};
    const text = `${renderReport(result.trace, about)}\n${renderInterleaving(result.trace)}`;
    const path = join(__dirname, 'golden/reports', file);
    if (process.env['WRITE_GOLDEN'] === '1') writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });
});
