/**
 * A kind of field: how many slots of the state it takes, what is in them, and whether it is a lock. The first slot is the
 * one that a place resolves to; a primitive with more than one finds the others behind it.
 */
import type { FieldDecl } from '../program/program.js';
import type { Way } from './lock-use.js';

export interface FieldSlot {
  /** Appended to the field's name. */
  readonly suffix: string;
  readonly min?: number;
  readonly max: number;
  readonly init?: number;
  /** The slot holds an object number. */
  readonly pointer?: true;
  /** Past its maximum a detector speaks, in place of `bound exceeded`. */
  readonly saturates?: true;
  /** The slot names tasks: one, by number plus one, or any, as a bit mask. */
  readonly tasks?: 'owner' | 'mask';
  /** The slot is about the task of that number. */
  readonly of?: number;
  /** Those tasks hold the field so. One slot per way tells all that do. */
  readonly held?: Way;
}

/** Sizes of a program that decide how large its slots are. */
export interface Sizes {
  /** Largest object number. */
  readonly objects: number;
  /** Tasks and workers. */
  readonly tasks: number;
  /** Largest number of a list head. */
  readonly lists: number;
  /** Some operation keeps items from being queued, so that each counts how often. */
  readonly disables: boolean;
  /** Some operation queues waiters exclusively, so that wait queues keep their order. */
  readonly exclusive: boolean;
}

export interface FieldKind {
  /** The C type it stands for. */
  readonly c: string;
  readonly slots: (field: FieldDecl, sizes: Sizes) => readonly FieldSlot[];
  /** Whether the program gives it a range and a first value, and whether that may be negative. */
  readonly range: 'none' | 'unsigned' | 'signed';
  /** A lock has a class; who holds one that spins must not sleep. */
  readonly lock: 'none' | 'sleeps' | 'spins' | 'active reference';
  /** What the declaration names beside: the type pointed to, or the work function. */
  readonly names: 'nothing' | 'type' | 'work';
  /** A head or an entry of a list. */
  readonly linked: boolean;
  /** A count, of references or of what is still to come, that steppers show beside the locks. */
  readonly counts: boolean;
  /**
   * What happens when its time comes: its function runs, or is queued as work. Or, whenever it is raised: its handler runs,
   * which must not sleep, or its thread, which may. Such a field brings an actor.
   */
  readonly fires: 'nothing' | 'its function' | 'its work' | 'its handler' | 'its thread';
}

/** A number in one slot. */
export const numberSlot = ({ min = 0, max = 1, init = 0 }: FieldDecl): readonly FieldSlot[] => [
  { suffix: '', min, max, init },
];

/** A number whose largest value may mean more than itself. */
export const saturable = (field: FieldDecl): readonly FieldSlot[] =>
  numberSlot(field).map((slot) => (field.saturates === true ? { ...slot, saturates: true } : slot));

/** Who holds the field alone: a task's number plus one. */
export const ownerSlot = (suffix: string, { tasks }: Sizes): FieldSlot => ({
  suffix,
  max: tasks,
  tasks: 'owner',
  held: 'exclusive',
});

/** Tasks as a mask, and how they hold the field, unless another slot says it already. */
export const maskSlot = (suffix: string, { tasks }: Sizes, held?: Way): FieldSlot => ({
  suffix,
  max: 2 ** tasks - 1,
  tasks: 'mask',
  ...(held === undefined ? {} : { held }),
});

const PLAIN: FieldKind = {
  c: '',
  slots: numberSlot,
  range: 'none',
  lock: 'none',
  names: 'nothing',
  linked: false,
  counts: false,
  fires: 'nothing',
};

/** A kind that is no lock, no list and names nothing, unless said otherwise. */
export const fieldKind = (c: string, traits: Partial<FieldKind> = {}): FieldKind => ({
  ...PLAIN,
  ...traits,
  c,
});
