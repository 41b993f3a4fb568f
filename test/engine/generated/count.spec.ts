import fc from 'fast-check';
import { buildGenerated, generatedProgram } from './programs.js';
import { prove } from '@lastref/exploration';
it('counts', () => {
  let built = 0, n = 0, big = 0, bound = 0; const err: Record<string, number> = {}; const kinds: Record<string, number> = {};
  const ops: Record<string, number> = {};
  let t = 0;
  fc.assert(fc.property(generatedProgram, (s) => {
    n++;
    let p;
    try { p = buildGenerated(s); } catch (e) { const m = String(e).slice(0, 160); err[m] = (err[m] ?? 0) + 1; return; }
    if (p === undefined) return;
    built++;
    for (const o of p.code) ops[o.op] = (ops[o.op] ?? 0) + 1;
    const t0 = performance.now();
    try { const r = prove(p, { maxStates: 15000 }); if (!r.complete) big++; for (const f of [...r.failures, ...r.reports]) { const k = f.split('@')[0]; kinds[k] = (kinds[k] ?? 0) + 1; } } catch (e) { const m = String(e).slice(0, 60); err[m] = (err[m] ?? 0) + 1; }
    t += performance.now() - t0;
  }), { numRuns: 600, seed: 5 });
  console.log((globalThis as any).BE);console.log({ n, built, big, bound, ms: t / built }, err, kinds, ops);
});
