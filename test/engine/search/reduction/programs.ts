/**
 * Small programs that between them have all that a reduction looks at: pointers, tables, lists, queues, locks held in every
 * way, in statics and in objects, waits of every kind, milestones, modules, faults, and more resources than a word has bits.
 * What each part of the reduction makes of them stands in golden files beside this one.
 */
import type { Program } from '@lastref/kernel';
import { tiny, type TinyCase } from '../../support/tiny.js';
import { TRICKY } from '../tricky-programs.js';
import * as locks from './locks.js';
import * as objects from './objects.js';
import * as others from './others.js';
import * as queues from './queues.js';

const SPECS: Readonly<Record<string, TinyCase>> = {
  'own objects': objects.ownObjects,
  'one object in another': objects.oneInAnother,
  'last pointers': objects.lastPointers,
  'a private chain': objects.privateChain,
  'a private list': objects.privateList,
  'a list beside things': objects.listBesideThings,
  'another type dead': objects.otherDead,
  'a table': objects.aTable,
  'a list': objects.aList,
  'a queue': queues.aQueue,
  'an item ahead': queues.anItemAhead,
  'a parked queue': queues.aParkedQueue,
  'an item in a cycle': queues.itemInACycle,
  'fed from behind': queues.fedFromBehind,
  'an item taken back': queues.itemTakenBack,
  'one lock': locks.oneLock,
  'two locks': locks.twoLocks,
  readers: locks.readers,
  'two readers': locks.twoReaders,
  'readers beside a wait': locks.readersBesideAWait,
  'a lock in a loop': locks.lockInALoop,
  'one way in a cycle': locks.oneWayInACycle,
  'readers of objects': locks.readersOfObjects,
  'readers of new objects': locks.readersOfNewObjects,
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
  'two pairs': others.twoPairs,
  ...Object.fromEntries(TRICKY),
};

export const PROGRAMS: readonly (readonly [title: string, program: Program])[] = Object.entries(
  SPECS,
).map(([title, spec]) => [title, tiny(spec)]);
