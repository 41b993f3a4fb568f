/**
 * What an operation's next step may touch, read off the code alone: the static counterpart of footprint.ts. Locations fall
 * into classes that can be told without running: a static, a field of any object of a type, the life of such an object, the
 * entries of one table. Whatever footprint an operation ever has, its location is in a class named here.
 * Limit: which object of a type it is, and which entry, only a run knows.
 */
import { itemsOfQueueType } from './facts.js';
import { FREES, touchesOf, WRITES, type Touch } from './footprint.js';
import { cell } from '../state/cell.js';
import { Row } from '../operation/row.js';
import type { Tables } from '../tables/tables.js';

export interface CodeTouch {
  /** The class of the location, as classOfLocation names it. */
  readonly location: string;
  /** Type of the object it is in, -1 outside objects. */
  readonly type: number;
  readonly writes: boolean;
  readonly frees: boolean;
}

/** @param object whose slot it is, 0 for none */
export function classOfLocation(tables: Tables, slot: number, object: number): string {
  if (object !== 0) {
    const type = cell(tables.typeOf, object);
    if (cell(tables.life, object) === slot) return lifeOf(type);
    return fieldOf(type, slot - cell(tables.fields, object));
  }
  const { layout, program } = tables;
  const among = (firsts: readonly number[], sizes: readonly { readonly entries: number }[]) =>
    firsts.findIndex((first, i) => slot >= first && slot < first + (sizes[i]?.entries ?? 0));
  const table = among(layout.tables, program.tables);
  if (table >= 0) return `table ${table}`;
  const registry = among(layout.registries, program.registries);
  return registry >= 0 ? `registry ${registry}` : staticOf(slot);
}

const staticOf = (slot: number): string => `static ${slot}`;
const fieldOf = (type: number, offset: number): string => `field ${type}.${offset}`;
const lifeOf = (type: number): string => `life ${type}`;

/** Of every operation, by its number; nothing for one that touches nothing others can see. */
export function codeTouches(tables: Tables): readonly (readonly CodeTouch[])[] {
  return touchesOf(tables).map((touch, pc) => (touch === null ? [] : touchesAt(tables, touch, pc)));
}

function touchesAt(tables: Tables, touch: Touch, pc: number): CodeTouch[] {
  const { layout, program } = tables;
  const row = pc << Row.shift;
  const named = cell(tables.code, row + touch.operand);
  const locals = program.bodies[cell(tables.bodyOf, pc)]?.locals;
  const pointee = locals?.[named]?.type ?? -1;
  const made = (location: string, type: number): CodeTouch => ({
    location,
    type,
    writes: (touch.flags & WRITES) !== 0,
    frees: (touch.flags & FREES) !== 0,
  });
  switch (touch.by) {
    case 'place': {
      const field = cell(tables.code, row + touch.operand + 1);
      return [named < 0 ? made(staticOf(field), -1) : made(fieldOf(pointee, field), pointee)];
    }
    case 'pointer':
      return [made(lifeOf(pointee), pointee)];
    case 'queue':
      return endedBy(tables, pc).map((type) => made(lifeOf(type), type));
    case 'type':
      return [made(lifeOf(named), named)];
    case 'module':
      return [made(staticOf(layout.modules[named] ?? 0), -1)];
    case 'table':
      return [made(`table ${named}`, -1)];
    case 'registry':
      return [made(`registry ${named}`, -1)];
    case 'count': {
      const table = cell(tables.code, row + touch.index - 1);
      const type = program.tables[table]?.type ?? -1;
      return [{ ...made(`table ${table}`, -1), writes: false }, made(fieldOf(type, named), type)];
    }
  }
}

/** Types of the queues whose items, and of the objects whose timers and handlers, end by the operation. */
function endedBy(tables: Tables, pc: number): number[] {
  const { layout, program } = tables;
  const works = program.works.flatMap(({ body }, work) =>
    body === cell(tables.bodyOf, pc) ? [work] : [],
  );
  const types = layout.tasks.flatMap((actor) => {
    switch (actor.kind) {
      case 'task':
        return [];
      case 'worker': {
        const served = itemsOfQueueType(program, actor.queueType);
        return works.some((work) => served.includes(work)) ? [actor.queueType] : [];
      }
      case 'timer':
      case 'handler': {
        const object = cell(tables.itemObject, actor.number);
        return works.includes(actor.work) ? [cell(tables.typeOf, object)] : [];
      }
    }
  });
  return [...new Set(types)];
}
