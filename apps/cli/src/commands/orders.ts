/** `lastref orders`: in which orders the milestones of a case occur, and with what verdict, by exhaustive search. */
import { ORDERED_MAX, type OrderTable } from '@lastref/exploration';
import { judged, type Judged, differences } from '@lastref/judging';
import { expectationOf } from '@lastref/scenarios';
import type { OrdersAnswer } from '../answers/orders.js';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, ok, refused, type Outcome, type Result } from '../outcome.js';
import {
  compiledCases,
  isFile,
  resolveProgram,
  splitCases,
  type NamedProgram,
} from '../programs/resolve-program.js';
import { Client } from '../service/client.js';
import { ordersRemotely } from '../service/remote-searches.js';
import { serviceUrl } from '../service/service-url.js';
import { ordersText } from '../text/orders-text.js';

export interface OrdersOptions {
  /** With commas; all of the case if absent. */
  readonly milestones?: string;
  readonly maxStates: number;
  /** The service that is to do it; this process if absent. */
  readonly url?: string | undefined;
}

/** Whose orders are asked of a scenario without a variant, if it has some. */
const VARIANT = 'buggy';

/** Of a scenario alone the first case with orders, those of the buggy variant before all others. */
async function programOf(reference: string): Promise<Result<NamedProgram>> {
  if (isFile(reference) || reference.includes('/')) return resolveProgram(reference);
  const cases = compiledCases(reference);
  if (!cases.ok) return cases;
  const programs = splitCases(cases.value).programs.filter(
    ({ program: { milestones } }) => milestones.length >= 2 && milestones.length <= ORDERED_MAX,
  );
  const chosen = programs.find(({ program }) => program.variant === VARIANT) ?? programs[0];
  if (chosen !== undefined) return ok(chosen);
  return refused(
    EXIT.usage,
    `no case of ${reference} names 2 to ${ORDERED_MAX} milestones; name a case, and some of its milestones with --milestones`,
  );
}

export async function orders(
  reference: string,
  { milestones, maxStates, url }: OrdersOptions,
  io: Io,
): Promise<Outcome> {
  const named = await programOf(reference);
  if (!named.ok) return named.refusal;
  const began = io.now();
  const options = {
    maxStates,
    ...(milestones === undefined ? {} : { milestones: milestones.split(',') }),
  };
  const service = url === undefined ? null : serviceUrl(url, undefined);
  if (service?.ok === false) return service.refusal;
  const result =
    service === null
      ? await io.engine.orders(named.value.program, options, io.signal)
      : await ordersRemotely(new Client(service.value, io), named.value, options, io);
  if (!result.ok) return result.refusal;
  const table = result.value;
  if (!table.ok) return refused(EXIT.usage, `${named.value.address}: ${table.message}`).refusal;
  const { program, address, states, transitions, early } = table;
  const value: OrdersAnswer = {
    program,
    address,
    milestones: table.milestones,
    proved: table.complete,
    states,
    transitions,
    orders: table.orders,
    early,
    expectation: judge(table),
    elapsedMs: Math.round(io.now() - began),
  };
  return answer(held(value) ? EXIT.ok : EXIT.failed, value, ordersText(value));
}

const failuresOf = ({ orders: rows, early }: Pick<OrderTable, 'orders' | 'early'>): string[] =>
  [...new Set([...rows, early].flatMap(({ failures }) => failures))].sort();

/** By failures alone: reports belong to no order. */
function judge(table: OrderTable): Judged | null {
  const row = expectationOf(table.address);
  if (row === undefined) return null;
  const why = differences(
    { ...row, reports: [] },
    {
      failures: failuresOf(table),
      reports: [],
      missed: [],
      cleanEnds: [...table.orders, table.early].some(({ clean }) => clean),
    },
  );
  return judged(row, table.complete ? why : [...why, 'the search did not end']);
}

function held(value: OrdersAnswer): boolean {
  if (value.expectation !== null) return value.expectation.held;
  return value.proved && failuresOf(value).length === 0;
}
