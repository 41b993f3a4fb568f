/**
 * Small programs that between them have all that a reduction looks at: pointers, tables, lists, queues, locks held in every
 * way, in statics and in objects, waits of every kind, milestones, modules, faults, and more resources than a word has bits.
 * What each part of the reduction makes of them stands in golden files beside this one.
 */
import type { Program } from '@lastref/kernel';
import { tiny, type TinyCase } from '../../support/tiny.js';
import * as locks from './locks.js';
import * as objects from './objects.js';
import * as others from './others.js';
import * as queues from './queues.js';

const SPECS: Readonly<Record<string, TinyCase>> = {
  'own objects': objects.ownObjects,
  'one object in another': objects.oneInAnother,
  'last pointers': objects.lastPointers,
  'a table': objects.aTable,
  'a list': objects.aList,
  'a queue': queues.aQueue,
  'an item ahead': queues.anItemAhead,
  'a parked queue': queues.aParkedQueue,
  'one lock': locks.oneLock,
  'two locks': locks.twoLocks,
  readers: locks.readers,
  'readers of objects': locks.readersOfObjects,
  'locks of objects': locks.locksOfObjects,
  'locks of dead objects': locks.locksOfTheDead,
  'a lock or not': locks.lockOrLeave,
  completions: others.completions,
  milestones: others.milestones,
  'handed objects': others.handed,
  'a module': others.unloaded,
  faults: others.faults,
  loops: others.loops,
  'many flags': others.manyFlags,
};

export const PROGRAMS: readonly (readonly [title: string, program: Program])[] = Object.entries(
  SPECS,
).map(([title, spec]) => [title, tiny(spec)]);
