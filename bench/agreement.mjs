// Seeds of every program by interpreter and walker, the walker also with a table of 1,000 states: one ledger digest each.
// node bench/agreement.mjs [seeds]
import { ledgerDigest, Sampler } from '@lastref/exploration';
import { programDigest } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';

const seeds = Number(process.argv[2] ?? 1_000_000);
let differ = 0;
for (const { scenario, variant, case: name } of catalogue()) {
  const address = `${scenario}/${variant}/${name}`;
  const program = compileAddress(address);
  const digest = (options) => {
    const sampler = new Sampler(program, 'rw/1', options);
    sampler.run(0, seeds);
    const totals = sampler.totals();
    return ledgerDigest([{ program: programDigest(program), strategy: 'rw/1', totals }]);
  };
  const interpreted = digest({ interpret: true });
  const same = [{}, { maxStates: 1_000 }].every((options) => digest(options) === interpreted);
  if (!same) differ++;
  console.log(`${same ? 'agree ' : 'DIFFER'} ${address} ${interpreted.slice(0, 16)}`);
}
process.exitCode = differ === 0 ? 0 : 1;
