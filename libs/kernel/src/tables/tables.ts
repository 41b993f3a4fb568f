/**
 * A program compiled to flat tables: what step() reads. Immutable and shared by all machines of the program.
 * One operation is a row of 16 words in `code`, so that a program counter times 16 is its offset. Built by compile.ts.
 */
import type { Program } from '../program/program.js';
import type { Layout } from '../state/layout-types.js';

export interface LockClass {
  readonly name: string;
  /** Field it is, as type and index; type -1 for statics. Absent for pseudo-classes of workqueues and items. */
  readonly type?: number;
  readonly field?: number;
}

/** A slot that says who holds a lock. */
export interface LockSlot {
  readonly slot: number;
  /** Which lock it is: one name, whichever of its slots says who holds it. */
  readonly lock: string;
  readonly cls: number;
  readonly way: 'exclusive' | 'shared';
  readonly tasks: 'owner' | 'mask';
}

/** Lock classes as lockdep has them: one per static lock, per lock field of a type, and pseudo-classes of workqueues. */
export interface LockTables {
  readonly lockClasses: readonly LockClass[];
  /** Bits of the classes whose holder must not sleep. */
  readonly spinClasses: number;
  readonly lockSlots: readonly LockSlot[];
  /** Slots that hold an owner's task number plus one, and their classes. */
  readonly ownerSlots: Int32Array;
  readonly ownerClass: Int32Array;
  /** Slots that hold a mask of tasks, and their classes. */
  readonly holderSlots: Int32Array;
  readonly holderClass: Int32Array;
  /** Class of the lock that a slot says is held, -1 for every other slot. */
  readonly classOfSlot: Int32Array;
  readonly classOfQueueType: Int32Array;
  readonly classOfWork: Int32Array;
}

export interface Tables extends LockTables {
  readonly program: Program;
  readonly layout: Layout;
  readonly code: Int32Array;
  /** Function a signature names, per operation. */
  readonly fn: Int32Array;
  /** Body each operation belongs to, -1 for the end. */
  readonly bodyOf: Int32Array;
  /** Outermost function of each body that is one of the driver's, which is what the body as a whole is named by. */
  readonly entryFunction: Int32Array;
  readonly milestone: Int32Array;
  /** Milestone slots that must be set before the operation's own first occurrence. */
  readonly requires: readonly (readonly number[])[];
  readonly fault: Int32Array;
  /** Bits of the modules whose text holds a frame of the operation. */
  readonly moduleText: Int32Array;
  readonly hasModuleExit: boolean;
  readonly hasItems: boolean;
  /** Wait queues keep the order of their exclusive waiters. */
  readonly hasExclusive: boolean;
  readonly typeOf: Int32Array;
  readonly life: Int32Array;
  /** Life values from 1 to this are alive, larger ones dead. */
  readonly liveMax: Int32Array;
  /** Life values up to this can be accessed: liveMax, or all where freed memory is reused at once. */
  readonly accessMax: Int32Array;
  /** Objects that some operation frees. */
  readonly mortal: Int32Array;
  readonly fields: Int32Array;
  readonly fieldCount: Int32Array;
  /** Values of a fresh object's fields, per type. */
  readonly fieldInit: readonly (readonly number[])[];
  readonly allocFns: readonly (readonly number[])[];
  readonly freeFns: readonly (readonly number[])[];
  /** Slots that hold object numbers, and the object each is a field of (0: none). */
  readonly pointerSlots: Int32Array;
  readonly pointerOwner: Int32Array;
  /** They lie owner by owner: those of object o are pointerFirst[o] .. pointerFirst[o + 1] - 1. */
  readonly pointerFirst: Int32Array;
  /** Slots that hold work items: pending on a queue, or running on a worker. */
  readonly itemSlots: Int32Array;
  /** Number of the list head whose first slot it is, 0 for every other slot. */
  readonly listOfSlot: Int32Array;
  readonly zeroed: boolean;
  /** Slot of the signals pending for a task; -1 where there are none, also for the prologue behind them all. */
  readonly signalSlot: Int32Array;
  /** First slot of what a task keeps off its CPU, -1 for none; the prologue behind them all. */
  readonly contextSlot: Int32Array;
  /** Per task: 0 in process context, else the number of its context plus one. */
  readonly contextOf: Uint8Array;
  /** Per task: the tasks that share its CPU, itself among them. */
  readonly onCpuOf: Int32Array;
  /** Whether some task interrupts another. */
  readonly hasInterrupts: boolean;
  /** Whether some wait has a timeout, or there is a timer; and whether time may be up before nothing else can run. */
  readonly hasTimeouts: boolean;
  readonly anyTime: boolean;
  readonly initial: Int32Array;
  /** Range of each slot. */
  readonly slotMin: Int32Array;
  readonly slotMax: Int32Array;
  /** First task that serves a queue, per object: -1 if it is none; and how many do. */
  readonly workerOf: Int32Array;
  readonly workersOf: Int32Array;
  /** Slot of the item a worker runs, per task; -1 for a declared task, and for the prologue behind them all. */
  readonly itemSlotOf: Int32Array;
  /** Slots of pending items, of all queues. */
  readonly fifoSlots: Int32Array;
  /** Object of each work item; 0 for "none". */
  readonly itemObject: Int32Array;
  /** First slot of the field that is a work item; -1 where it needs none. */
  readonly slotOfItem: Int32Array;
  /** The timer of an item, by task number; -1 if it has none. */
  readonly timerOf: Int32Array;
  /** The handler of an item, by task number; -1 if it has none. */
  readonly handlerOf: Int32Array;
  /** Slot that says whether a timer is armed, per task; -1 for others. All of them. */
  readonly armedSlotOf: Int32Array;
  readonly armedSlots: Int32Array;
  /** Number of the work item in a field of an object, by object << 5 | field; 0 if there is none. */
  readonly itemOfField: Int32Array;
}
