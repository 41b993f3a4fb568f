/**
 * An explanation as text: what one can act on first. Orders that the run is free of are counted, not listed, and so are those that
 * something orders anyway.
 */
import { costText } from '@lastref/exploration';
import type {
  Certainty,
  Explanation,
  LastWriter,
  Need,
  NearestPassing,
  OrderConstraint,
  PreemptionNeed,
  StepRef,
} from './explanation.js';

/** @param steps of the run; @param replay the command line of a schedule */
export function renderExplanation(
  { orders, preemptions, lastWriters, certain, nearest }: Explanation,
  replay: (schedule: string) => string,
): string {
  return [
    'why it fails',
    ...lastWriters.map(writerLine),
    ...ordersText(orders),
    ...preemptions.map(preemptionLine),
    certainLine(certain),
    ...nearestLines(nearest, replay),
  ].join('\n');
}

const where = ({ n, task, text, function: inside }: StepRef): string =>
  `${n === null ? '' : `${n} `}${task}: ${text} in ${inside}`;

const writerLine = ({ of, by, how }: LastWriter): string =>
  by === null ? `  ${of}: as it was before time 0` : `  ${of}: step ${where(by)} ${how}`;

const LISTED: readonly Need[] = ['needed', 'here', 'unknown'];

function ordersText(orders: readonly OrderConstraint[]): string[] {
  const listed = orders.filter(({ need }) => LISTED.includes(need));
  const count = (need: Need): number => orders.filter((order) => order.need === need).length;
  return [
    `  orders of the run: ${orders.length} tried; ${count('free')} do not matter, ${count('fixed')} could not be otherwise`,
    ...listed.flatMap(orderLines),
  ];
}

function orderLines({
  first,
  second,
  location,
  need,
  orderedBy,
  enough,
}: OrderConstraint): string[] {
  const at = location === null ? '' : ` (${location}: ${first.does}, ${second.does})`;
  return [
    `    ${where(first)}`,
    `      before ${where(second)}${at}; ${orderedBy ?? 'nothing orders them'}`,
    `      ${needText(need)}${enough === null ? '' : `; enough: ${enough}() over before ${first.text}`}`,
  ];
}

function needText(need: Need): string {
  switch (need) {
    case 'needed':
      return 'exchanged, no run has it any more';
    case 'here':
      return 'exchanged, this run does not have it; another way on has';
    case 'unknown':
      return 'exchanged, this run does not have it; whether another way on has was not computed';
    case 'free':
      return 'exchanged, the run has it all the same';
    case 'fixed':
      return 'cannot be exchanged';
  }
}

function preemptionLine({ at, left, behind, need }: PreemptionNeed): string {
  const stood = behind === null ? '' : ` behind ${behind.text}`;
  return `  preemption of ${left}${stood} by step ${where(at)}: ${withoutText(need)}`;
}

function withoutText(need: Need): string {
  switch (need) {
    case 'needed':
      return 'without it no run has it any more';
    case 'here':
      return 'without it this run does not have it; another way on has';
    case 'unknown':
      return 'without it this run does not have it; whether another way on has was not computed';
    case 'free':
      return 'without it the run has it all the same';
    case 'fixed':
      return 'cannot be removed';
  }
}

function certainLine(certain: Certainty): string {
  if (!certain.computed) return `  certain: not computed: ${certain.why}`;
  const from = (step: number): string => (step === 0 ? 'the start' : `step ${step}`);
  const { signature, failure, states } = certain;
  const same =
    signature === failure
      ? `from ${from(signature)} on every run fails so`
      : `from ${from(failure)} on every run fails, from ${from(signature)} on every run fails so`;
  return `  certain: ${same} (${states.toLocaleString('en-US')} states)`;
}

function nearestLines(
  nearest: NearestPassing | null,
  replay: (schedule: string) => string,
): string[] {
  if (nearest === null) return ['  passing: no run that passes was found'];
  const { grade, shared, parts, instead, cost, schedule } = nearest;
  const word = grade === 'exact' ? 'the nearest passing schedule' : 'a passing schedule';
  return [
    `  ${word} shares ${shared} steps; then, instead of ${where(parts)},`,
    `    ${instead.task}: ${instead.text}; it costs ${costText(cost)}`,
    `    ${replay(schedule)}`,
  ];
}
