/**
 * Which list heads can come to stand in one list: fields and statics that some list_add joins, directly or through others.
 * A step on one of them can touch any neighbour, so a class of heads is one resource.
 */
import { at } from '../assert.js';
import type { Program } from '../program/program.js';

export interface ListClasses {
  /** Class of a field of a type, or of a static where `type` is -1; -1 if it is no list. */
  of(type: number, field: number): number;
  /** Types with a head in the class. */
  types(listClass: number): readonly number[];
}

/** @param bodies the body each operation belongs to */
export function listClassesOf(program: Program, bodies: Int32Array): ListClasses {
  const heads: [type: number, field: number][] = [];
  program.statics.forEach(({ kind }, field) => {
    if (kind === 'list') heads.push([-1, field]);
  });
  program.types.forEach(({ fields }, type) => {
    fields.forEach(({ kind }, field) => {
      if (kind === 'list') heads.push([type, field]);
    });
  });
  const classOf = heads.map((_, i) => i);
  const of = (type: number, field: number): number =>
    classOf[heads.findIndex(([t, f]) => t === type && f === field)] ?? -1;
  program.code.forEach(({ op, args }, pc) => {
    if (op !== 'list_add' && op !== 'list_add_tail') return;
    const locals = program.bodies[bodies[pc] ?? -1]?.locals;
    const typeOf = (base: number): number => (base < 0 ? -1 : (locals?.[base]?.type ?? -1));
    const from = of(typeOf(at(args, 0)), at(args, 1));
    const to = of(typeOf(at(args, 2)), at(args, 3));
    classOf.forEach((cls, i) => {
      if (cls === from) classOf[i] = to;
    });
  });
  return {
    of,
    types: (listClass) => [
      ...new Set(
        heads.flatMap(([type], i) => (type >= 0 && classOf[i] === listClass ? [type] : [])),
      ),
    ],
  };
}
