/** Operations for people. */
import type { Operation, OperationSummary } from '@lastref/contracts';
import { count } from './numbers.js';
import { table } from './table.js';

export const showCommand = (url: string, id: number): string =>
  `npx --no lastref operation show ${id} --url ${url}`;

const HEAD = ['id', 'state', 'kind', 'states', 'program'];

export const operationsText = (rows: readonly OperationSummary[]): string =>
  rows.length === 0
    ? 'no operations yet'
    : table([
        HEAD,
        ...rows.map(({ id, state, work, progress, address }) => [
          String(id),
          state,
          work.kind,
          count(progress),
          address,
        ]),
      ]);

export function operationText(operation: Operation): string {
  const { id, state, work, address, progress, messages, background } = operation;
  const asked = Object.entries(work)
    .filter(([name, value]) => name !== 'kind' && value !== false)
    .map(([name, value]) => `${name} ${String(value)}`);
  return [
    `operation ${id}: ${work.kind} of ${address} is ${state}${background ? ', in the background' : ''}`,
    ...[...asked, `${count(progress)} states expanded`, ...messages, ...found(operation)].map(
      (line) => `  ${line}`,
    ),
  ].join('\n');
}

function found({ result }: Operation): string[] {
  if (result === null) return [];
  if ('grade' in result) {
    const { events, preemptions, switches, steps } = result.cost;
    return [
      `${result.grade}, cost ${events}/${preemptions}/${switches}/${steps}`,
      `schedule ${result.schedule}`,
    ];
  }
  if ('orders' in result) {
    const occur = result.orders.filter(({ occurs }) => occurs).length;
    return [
      `of ${result.orders.length} orders ${occur} occur, ${result.proved ? 'proved' : 'not proved'}`,
    ];
  }
  const verdict = result.complete
    ? 'proved'
    : `bounded: every schedule of up to ${result.depth} steps`;
  const fails = result.failures.length === 0 ? 'no schedule fails' : 'fails';
  return [
    `${verdict}; ${fails}`,
    ...result.failures,
    `${count(result.states)} states, ${count(result.transitions)} transitions, state keys ${result.stateKeys}`,
  ];
}
