/** The table of orders for people: when each milestone comes, and what comes of it. Only a search that ended says `never`. */
import type { OrderRow } from '@lastref/exploration';
import { judgedLine } from '@lastref/judging';
import type { OrdersAnswer } from '../answers/orders.js';
import { count, duration, plural } from './numbers.js';
import { table } from './table.js';

export function ordersText(answer: OrdersAnswer): string {
  const { address, early, proved, expectation } = answer;
  const lines = [
    ...rowsOf(answer),
    '',
    ...earlyLines(early),
    summary(answer),
    sizeOf(answer),
    ...(expectation === null ? [] : [judgedLine(expectation)]),
  ];
  const said = proved ? 'proved: every schedule was searched' : 'not proved';
  const head = `${address}: orders of its milestones; ${said}`;
  return [head, ...lines.map((line) => `  ${line}`.trimEnd()), ''].join('\n');
}

/** A line per order, and under it the failures where there are several. */
function rowsOf({ milestones, orders, proved }: OrdersAnswer): string[] {
  const cells = orders.map((row) => [...placesOf(milestones, row), resultOf(row, proved)]);
  const [head = '', ...rows] = table([[...milestones, 'result'], ...cells])
    .trimEnd()
    .split('\n');
  const below = orders.map(({ failures }) => (failures.length > 1 ? failures : []));
  return [
    head,
    ...rows.flatMap((row, i) => [row, ...(below[i] ?? []).map((failure) => `    ${failure}`)]),
  ];
}

/** The place of each milestone in the order, from 1 on. */
const placesOf = (milestones: readonly string[], { order }: OrderRow): string[] =>
  milestones.map((name) => String(order.indexOf(name) + 1));

function resultOf({ occurs, clean, failures }: OrderRow, proved: boolean): string {
  if (!occurs) return proved ? 'never' : 'not met';
  const [failure, another] = failures;
  if (failure === undefined) return clean ? 'clean' : 'met, and no end of a run';
  const fails = another === undefined ? failure : 'fails:';
  return clean ? `clean, or ${fails}` : fails;
}

function earlyLines({ clean, failures }: OrdersAnswer['early']): string[] {
  const how = [...(clean ? ['clean'] : []), ...failures];
  return how.length === 0 ? [] : [`runs that end before they reach all: ${how.join(', ')}`];
}

function summary({ orders, proved }: OrdersAnswer): string {
  const occur = orders.filter(({ occurs }) => occurs);
  const others = orders.length - occur.length;
  const fail = occur.filter(({ failures }) => failures.length > 0).length;
  const of =
    occur.length === 0 ? '' : `; of those that occur ${fail === 0 ? 'none' : fail} can fail`;
  return `of ${orders.length} orders ${occur.length} occur, ${others} ${proved ? 'never' : 'were not met'}${of}`;
}

function sizeOf({ states, transitions, elapsedMs, proved }: OrdersAnswer): string {
  const size = `${plural(states, 'state')}, ${count(transitions)} transitions, ${duration(elapsedMs)}`;
  return proved ? size : `the search ended at ${size}; raise --max-states`;
}
