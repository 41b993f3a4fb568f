/** What exhaustive search found, for people. Only a search that ended says `proved`. */
import { judgedLine } from '@lastref/judging';
import type { Proof } from '../answers/prove.js';
import { shareText } from './counts-text.js';
import { count, duration, plural } from './numbers.js';
import type { UnexecutedCode } from './unexecuted.js';

export function proveText(proof: Proof, all: boolean): string {
  const { address, failures, reports, missed, idleTasks, expectation } = proof;
  const lines = [
    ...failures,
    ...reports.map((signature) => `report ${signature}`),
    ...probabilityLines(proof.probabilities),
    ...proof.pollers.map(
      (work) => `${work} queues itself for ever beside nothing that waits: no failure, and no end`,
    ),
    ...missed.map((milestone) => `no run reaches ${milestone}`),
    ...idleTasks.map((task) => `task '${task}' never takes a step`),
    size(proof),
    ...unexecutedLines(proof.unexecuted, all),
    ...(expectation === null ? [] : [judgedLine(expectation)]),
  ];
  return [`${address}: ${verdict(proof)}`, ...lines.map((line) => `  ${line}`)].join('\n') + '\n';
}

function verdict({ proved, failures, states, frontier, limit }: Proof): string {
  const fails = failures.length > 0;
  if (proved) return fails ? 'proved: fails, and in no other way' : 'proved: no schedule fails';
  const budget = `the search ended at ${plural(states, 'state')} with ${count(frontier)} not expanded; ${limit === 'bytes' ? 'its memory is bounded' : 'raise --max-states'}`;
  return fails ? `fails; not proved: ${budget}` : `not proved: ${budget}`;
}

function probabilityLines(found: Proof['probabilities']): string[] {
  if (found === undefined) return [];
  if (!found.ok) return [`no probabilities: ${found.message}`];
  if (found.bySignature.length === 0) return ['rw/1 shows nothing: p = 0'];
  const line = (probability: number, what: string): string =>
    `p = ${probability.toPrecision(6)} a run of rw/1, ${shareText(probability)}: ${what}`;
  return [
    found.failing === 0 ? 'rw/1 shows no failure: p = 0' : line(found.failing, 'any failure'),
    ...found.bySignature.map(({ signature, probability }) => line(probability, signature)),
    ...(found.outside > 0 ? [line(found.outside, 'leaves the case')] : []),
  ];
}

const size = (proof: Proof): string => {
  const { states, transitions, depth, bytesPerState, elapsedMs } = proof;
  return `${plural(states, 'state')} of ${bytesPerState} bytes${smaller(proof)}, ${count(transitions)} transitions, depth ${depth}, ${duration(elapsedMs)}`;
};

function smaller({ symmetry, reduced }: Proof): string {
  const by = [...(symmetry ? ['symmetry'] : []), ...(reduced ? ['reduction'] : [])];
  return by.length === 0 ? '' : ` after ${by.join(' and ')}`;
}

function unexecutedLines(code: readonly UnexecutedCode[], all: boolean): string[] {
  if (code.length === 0) return ['every step and branch is executed'];
  const of = (what: UnexecutedCode['what']): number =>
    code.filter((entry) => entry.what === what).length;
  const kinds = [
    plural(of('step'), 'step'),
    `${count(of('branch'))} branch exits`,
    plural(of('fault'), 'fault'),
  ];
  const head = `never executed: ${kinds.join(', ')}`;
  if (!all) return [`${head} (--unexecuted lists them), in ${functionsOf(code)}`];
  return [head, ...code.map((entry) => `  ${entry.function} (${entry.file}): ${what(entry)}`)];
}

function functionsOf(code: readonly UnexecutedCode[]): string {
  const counts = new Map<string, number>();
  for (const entry of code) counts.set(entry.function, (counts.get(entry.function) ?? 0) + 1);
  return [...counts].map(([name, n]) => `${name} ${n}`).join(', ');
}

function what({ what: kind, exit, text }: UnexecutedCode): string {
  switch (kind) {
    case 'step':
      return text;
    case 'branch':
      return `${text} is never ${exit ?? '?'}`;
    case 'fault':
      return `${text} never fails`;
  }
}
