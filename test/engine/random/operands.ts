/** Arguments for a builder's call, from the kinds of the operation's operands. */
import type { Place, Ref } from '@lastref/authoring';
import { specOf, type OpName, type Operand } from '@lastref/kernel';
import { callOf } from './placement.js';
import { directory, driver, placesOf, shared, table, Thing, type Thread } from './world.js';

/** What an injected fault is named by. */
export const FAULT_POINT = 'no memory';
export const hasFault = (op: OpName, [pick = 0]: readonly number[]): boolean =>
  specOf(op).mayFail === true && pick % 2 === 1;

export interface Arguments {
  readonly args: readonly unknown[];
  /** Pointers that the call goes through: careful code asks first whether they are NULL. */
  readonly through: readonly Ref[];
}

/** @param picks which of the possible arguments, one number per operand; any number will do */
export function argumentsFor(op: OpName, picks: readonly number[], thread: Thread): Arguments {
  const { operands } = specOf(op);
  const { setsArgument } = callOf(op);
  const args: unknown[] = [];
  const through: Ref[] = [];
  let place: Place | null = null;
  operands.forEach((operand, i) => {
    const pick = picks[i % picks.length] ?? 0;
    if (operand.is === 'ambient' || (operand.is === 'dst' && setsArgument !== true)) return;
    if (operand.is === 'place' && operand.implicit === true) return;
    const argument = argumentFor(operand, pick, place, thread);
    if (operand.is === 'place') {
      place = argument as Place;
      if (place.base !== null) through.push(thread.p);
    }
    if (operand.is === 'pointer') through.push(argument as Ref);
    args.push(argument);
  });
  if (hasFault(op, picks)) args.push(FAULT_POINT);
  return { args, through };
}

function argumentFor(operand: Operand, pick: number, place: Place | null, thread: Thread): unknown {
  const { f, p } = thread;
  switch (operand.is) {
    case 'dst':
      return givesObject(operand) ? p : f.var('number', 1);
    case 'place': {
      const places = operand.of.flatMap((kind) => placesOf(kind, thread));
      return places[pick % places.length];
    }
    case 'value':
      if (place === null) return f.load(pick % 2 === 0 ? shared.x : shared.y);
      if (place.spec.kind === 'ptr') return pick % 3 === 0 ? null : p;
      return pick % ((place.spec.max ?? 1) + 1);
    case 'pointer':
      return operand.to === 'workqueue' ? f.load(shared.queue) : p;
    case 'index':
      return pick % 2;
    case 'type':
      return Thing;
    case 'table':
      return table;
    case 'module':
      return driver;
    case 'registry':
      return directory;
    case 'count':
      return 'refs';
    case 'member':
      return place?.spec.kind === 'list' ? 'node' : 'hashed';
    case 'check':
      return 'check';
    case 'task':
    case 'ambient':
    case 'comparison':
      throw new Error('only the compiler compares');
  }
}

/** A result of what stands in a table or a place of the program's one type, or an integer. */
const givesObject = ({ gives }: Extract<Operand, { is: 'dst' }>): boolean =>
  gives === 'own' || (typeof gives === 'object' && 'like' in gives);
