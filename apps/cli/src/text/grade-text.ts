/** The grade of a reproduction in words: what is claimed, what was searched for it, and where the search ended. */
import { costText } from '@lastref/exploration';
import type { Certificate, Reproduction, Unproved } from '@lastref/shrinking';
import { count } from './numbers.js';

export function gradeLines({ grade, cost, certificate }: Reproduction): string[] {
  const layers = certificate.layers.map(([layer, nodes]) => `${layer}: ${count(nodes)}`);
  const searched = `${count(certificate.nodes)} nodes of ${count(certificate.states)} states settled`;
  return [
    `${grade}: cost ${costText(cost)}`,
    `certificate: ${searched}, ${claimOf(certificate)} (${layers.join(', ')})`,
    ...passesLines(certificate.unproved),
  ];
}

function claimOf({ unproved }: Certificate): string {
  if (unproved === null) return 'none cheaper meets it';
  const { preemptions, unfinished } = unproved;
  const ended = `the budget ended in layer ${unfinished}`;
  return preemptions === null
    ? `not even all without preemptions are searched: ${ended}`
    : `none cheaper with at most ${preemptions} preemptions meets it: ${ended}`;
}

function passesLines(unproved: Unproved | null): string[] {
  if (unproved === null) return [];
  const { from, runs, steps, fixpoint } = unproved.passes;
  const end = fixpoint ? 'nothing they try is cheaper' : 'their budget of steps ended';
  return [`passes: from ${costText(from)} by ${count(runs)} runs of ${count(steps)} steps; ${end}`];
}
