/** Rows about exhaustive search: states per second against Spin's pan, and from a model to its proof. */
import { prove } from '@lastref/exploration';
import { programJson, type Program } from '@lastref/kernel';
import { cModel } from '../peers/c/model.js';
import type { Workshop } from '../native/workshop.js';
import { openers } from '../programs/programs.js';
import { absent, agree, row, type Row } from '../rounds/row.js';
import { spinModel } from '../peers/spin/model.js';

const SEARCH = 'search / Spin pan, nbd/fixed, 3 openers';
const PROOF = 'model to proof, Spin / ours, nbd/fixed, 2 openers';
const SEARCH_ROUNDS = 9;
/** Searches before the rounds, until the code is compiled: C is. */
const WARM_UPS = 3;
const PROOF_ROUNDS = 3;

/** @param lastref the command line, for a proof as a process of its own */
export function againstSpin(workshop: Workshop, lastref: string): Row[] {
  const missing = (reason: string): Row[] => [absent(SEARCH, 1, reason), absent(PROOF, 2, reason)];
  if (workshop.run('spin', ['-V']) === null) return missing('no spin (Debian package spin)');
  if (workshop.run('cc', ['--version']) === null) return missing('no C compiler (cc)');
  return [search(workshop), proof(workshop, lastref)];
}

const seconds = (work: () => void): number => {
  const before = performance.now();
  work();
  return (performance.now() - before) / 1000;
};

function search(workshop: Workshop): Row {
  const program = openers(3);
  buildPan(program, workshop);
  for (let round = 0; round < WARM_UPS; round++) proved(program);
  const rounds = Array.from({ length: SEARCH_ROUNDS }, (): [number, number] => {
    let states = 0;
    const ours = seconds(() => {
      states = proved(program);
    });
    const pan = runPan(workshop);
    agreeStates(states, pan.states);
    return [states / ours, pan.states / pan.seconds];
  });
  return row(SEARCH, 1, 'states/s', rounds);
}

function proof(workshop: Workshop, lastref: string): Row {
  const program = openers(2);
  workshop.write('program.json', programJson(program));
  const rounds = Array.from({ length: PROOF_ROUNDS }, (): [number, number] => {
    let states = 0;
    const ours = seconds(() => {
      const file = workshop.path('program.json');
      const out = workshop.run(process.execPath, [lastref, 'prove', file, '--json']) ?? '{}';
      states = (JSON.parse(out) as { states: number }).states;
    });
    let pan = { states: 0, seconds: 0 };
    const theirs = seconds(() => {
      buildPan(program, workshop);
      pan = runPan(workshop);
    });
    agreeStates(states, pan.states);
    return [1 / ours, 1 / theirs];
  });
  return row(PROOF, 2, 'proofs/s', rounds);
}

function proved(program: Program): number {
  const result = prove(program);
  agree('nothing fails, proved', [result.complete, result.failures], [true, []]);
  return result.states;
}

/** Spin has a state before the first, the ends once more, and states of its own process. */
const OWN_STATES = 8;

function agreeStates(ours: number, spins: number): void {
  const more = spins - ours;
  agree(`states ${ours} and Spin's ${spins}`, more >= 0 && more <= OWN_STATES, true);
}

function buildPan(program: Program, workshop: Workshop): void {
  const model = cModel(program, 'search');
  if (!model.ok) throw new Error(model.reason);
  const { promela, header } = spinModel(model);
  workshop.write('model.pml', promela);
  workshop.write('model.h', header);
  workshop.run('spin', ['-a', 'model.pml']);
  workshop.run('cc', ['-O2', '-DSAFETY', '-DVECTORSZ=2048', '-w', '-o', 'pan', 'pan.c']);
}

function runPan(workshop: Workshop): { states: number; seconds: number } {
  const out = workshop.run(workshop.path('pan'), ['-m100000', '-w22', '-E']) ?? '';
  const number = (pattern: RegExp): number => Number(pattern.exec(out)?.[1] ?? NaN);
  agree("pan's errors", number(/errors: (\d+)/), 0);
  const states = number(/(\d+) states, stored/);
  return { states, seconds: states / number(/rate\s+([\d.e+]+) states\/second/) };
}
