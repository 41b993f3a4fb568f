/** Which slots the fields of a program take, by the kinds that primitives bring. */
import type { FieldSlot, Sizes } from '../operation/field-kind.js';
import type { FieldDecl, Program, TypeDecl } from '../program/program.js';
import { fieldKindOf, specOf } from './catalogue.js';

/** Workers that each object of the type brings. */
export const workersOf = ({ kind, workers = 1 }: TypeDecl): number =>
  kind === 'workqueue' ? workers : 0;

/** Timers and handlers that each object of the type brings. */
export const firedOf = ({ fields }: TypeDecl): number => fields.filter(isFired).length;

export function sizesOf({ types, statics, tasks, code }: Program): Sizes {
  const sum = (n: (type: (typeof types)[number]) => number): number =>
    types.reduce((total, type) => total + n(type), 0);
  const lists = (fields: readonly FieldDecl[]): number => fields.filter(isLinked).length;
  return {
    objects: sum((type) => type.count),
    tasks: tasks.length + sum((type) => type.count * (workersOf(type) + firedOf(type))),
    lists: lists(statics) + sum((type) => type.count * lists(type.fields)),
    disables: code.some(({ op }) => specOf(op).disables === true),
    exclusive: code.some(({ op }) => specOf(op).ordersWaiters === true),
  };
}

export const fieldSlots = (field: FieldDecl, sizes: Sizes): readonly FieldSlot[] =>
  fieldKindOf(field.kind).slots(field, sizes);

/** Whether it is a lock, with a class of its own. */
export const isLock = ({ kind }: FieldDecl): boolean => fieldKindOf(kind).lock !== 'none';

export const isLinked = ({ kind }: FieldDecl): boolean => fieldKindOf(kind).linked;

/** Whether it is a pointer to an object. */
export const isPointer = ({ kind }: FieldDecl): boolean => fieldKindOf(kind).names === 'type';

/** A field that brings a timer or a handler, if something uses it. */
export const isFired = ({ kind, work }: FieldDecl): boolean =>
  work !== undefined && fieldKindOf(kind).fires !== 'nothing';

/** Whether it is a handler, which comes whenever it is raised, whatever the time. */
export const isRaised = ({ kind }: Pick<FieldDecl, 'kind'>): boolean => {
  const { fires } = fieldKindOf(kind);
  return fires === 'its handler' || fires === 'its thread';
};

export const isWorkItem = ({ kind }: Pick<FieldDecl, 'kind'>): boolean =>
  fieldKindOf(kind).names === 'work';
