/** The shape of a state vector: which slot holds what. Built by layout.ts; told apart so that primitives can read it. */
import type { Actor, Thread } from '../actors/actor.js';

export interface SlotInfo {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** The slot holds an object number. */
  readonly pointer: boolean;
  /** Object whose field it is, 0 for everything else. */
  readonly owner: number;
  /** Past `max` a detector speaks. */
  readonly saturates: boolean;
}

export interface ObjectLayout {
  readonly type: number;
  readonly life: number;
  readonly fields: number;
  /** Workqueues only: first slot of the queue of pending items, its length, and the draining flag. */
  readonly fifo: number;
  readonly fifoLength: number;
  readonly draining: number;
}

/** A work item: the work field of one object, and its function. */
export interface ItemLayout {
  readonly object: number;
  readonly field: number;
  readonly work: number;
}

/** A struct list_head: its first slot, and the object and field it is; object 0 for a static one. */
export interface ListHead {
  readonly slot: number;
  readonly object: number;
  readonly field: number;
}

export interface Layout {
  readonly slots: readonly SlotInfo[];
  readonly tasks: readonly Actor[];
  /** Index 0 is NULL. */
  readonly objects: readonly (ObjectLayout | null)[];
  /** Index 0 is "none". */
  readonly items: readonly (ItemLayout | null)[];
  /** Index 0 is NULL. */
  readonly lists: readonly (ListHead | null)[];
  readonly statics: readonly number[];
  readonly tables: readonly number[];
  readonly registries: readonly number[];
  readonly modules: readonly number[];
  readonly milestones: readonly number[];
  readonly faults: number;
  readonly given: Thread | null;
  /** Slot offset of each field inside an object of its type; -1 for a field without a slot. */
  readonly fieldOffsets: readonly (readonly number[])[];
}
