/**
 * Which list heads can come to stand in one list: fields and statics that some operation links, directly or through others.
 * A step on one of them can touch any neighbour, so a class of heads is one resource. An operation that works on two list
 * heads links them.
 */
import { at } from '../assert.js';
import type { Operand, OperandIs } from '../operation/operand.js';
import type { FieldDecl, Program } from '../program/program.js';
import { isLinked } from './fields.js';
import { operandsWhere, pointeeOf } from './facts.js';
import { fieldKindOf } from './catalogue.js';

export interface ListClasses {
  /** Class of a field of a type, or of a static where `type` is -1; -1 if it is no list. */
  of(type: number, field: number): number;
  /** Types with a head in the class. */
  types(listClass: number): readonly number[];
}

const isList = (operand: Operand): operand is OperandIs<'place'> =>
  operand.is === 'place' && operand.of.some((kind) => fieldKindOf(kind).linked);

/** @param bodies the body each operation belongs to */
export function listClassesOf(program: Program, bodies: Int32Array): ListClasses {
  const headsOf = (fields: readonly FieldDecl[], type: number): [number, number][] =>
    fields.flatMap((decl, field): [number, number][] => (isLinked(decl) ? [[type, field]] : []));
  const heads = [
    ...headsOf(program.statics, -1),
    ...program.types.flatMap(({ fields }, type) => headsOf(fields, type)),
  ];
  const classOf = heads.map((_, i) => i);
  const of = (type: number, field: number): number =>
    classOf[heads.findIndex(([t, f]) => t === type && f === field)] ?? -1;
  program.code.forEach((op, pc) => {
    const [from, to] = operandsWhere(op, isList).map(({ args }) => {
      const base = at(args, 0);
      return of(base < 0 ? -1 : pointeeOf(program, bodies, pc, base), at(args, 1));
    });
    if (from === undefined || to === undefined) return;
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
