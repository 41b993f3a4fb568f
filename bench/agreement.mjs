// Seeds of every program by interpreter and walker, the walker also with a table of 1,000 states: one ledger digest each. A
// line per program as it is done. With --keep a run that was ended goes on where it was; --part k/n takes every n-th program,
// so that n processes share the work and, if they like, the file.
//   node bench/agreement.mjs [--seeds 1000000] [--part 1/2] [--keep file] [beginning of an address ...]
import { ledgerDigest, Sampler } from '@lastref/exploration';
import { programDigest } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';
import { parseArgs } from 'node:util';
import { Kept } from './agreement/kept.mjs';

const DRIVERS = [
  ['interpreter', { interpret: true }],
  ['walker', {}],
  ['capped', { maxStates: 1_000 }],
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1000000' },
    part: { type: 'string', default: '1/1' },
    keep: { type: 'string' },
  },
});
const seeds = Number(values.seeds);
const [part, parts] = values.part.split('/').map(Number);
if (!(seeds >= 1 && part >= 1 && part <= parts)) {
  console.error('agreement: --seeds takes a number, --part k/n with k from 1 to n');
  process.exit(2);
}

const addresses = catalogue()
  .map(({ scenario, variant, case: name }) => `${scenario}/${variant}/${name}`)
  .filter((address) => positionals.length === 0 || positionals.some((p) => address.startsWith(p)))
  .filter((_, i) => i % parts === part - 1);

function answerOf(program) {
  const runs = DRIVERS.map(([driver, options]) => {
    const sampler = new Sampler(program, 'rw/1', options);
    const started = performance.now();
    sampler.run(0, seeds);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const entry = { program: programDigest(program), strategy: 'rw/1', totals: sampler.totals() };
    return { digest: ledgerDigest([entry]), text: `${driver} ${seconds} s` };
  });
  const [{ digest }] = runs;
  const same = runs.every((run) => run.digest === digest);
  return { same, digest, text: runs.map(({ text }) => text).join(', ') };
}

const kept = new Kept(values.keep, seeds);
let differ = 0;
addresses.forEach((address, i) => {
  const program = compileAddress(address);
  const known = kept.get(programDigest(program));
  const { same, digest, text } = known ?? answerOf(program);
  if (known === undefined) kept.add(programDigest(program), { same, digest, text });
  if (!same) differ++;
  const place = `${i + 1}/${addresses.length}`;
  const when = known === undefined ? text : 'kept';
  console.log(`${same ? 'agree ' : 'DIFFER'} ${place} ${address} ${digest.slice(0, 16)} (${when})`);
});
console.log(`${addresses.length - differ} of ${addresses.length} agree, ${seeds} seeds each`);
process.exitCode = differ === 0 && addresses.length > 0 ? 0 : 1;
