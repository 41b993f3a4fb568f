/**
 * A deterministic machine over one program: the state vector, and step(), the one semantics that replay, search,
 * walker and shrinking stand on. Pure and synchronous; the same state and choice always give the same next state.
 * Candidates are a bit mask over task numbers: declared tasks first, then workers, then timers and handlers.
 * After a step that returns false the run has ended: `failure` says how, until the next reset() or load().
 * One class, and long for it: who can run and which objects are dead, in classes of their own, cost a search 3 % (measured).
 */
import { takes, takeUp } from '../actors/idle.js';
import { startOf } from '../actors/task.js';
import type { Actor } from '../actors/actor.js';
import { assert, at } from '../assert.js';
import { specOf } from '../derived/catalogue.js';
import { BoundExceeded } from '../operation/outcome.js';
import { Exit, Meta, Row } from '../operation/row.js';
import { atomicContext, inInterrupt, suspended } from '../primitives/support/contexts.js';
import { execute } from '../primitives/dispatch.js';
import { textGone } from '../primitives/module.js';
import type { Vector } from '../state/vector.js';
import type { Tables } from '../tables/tables.js';
import { racesOf } from './data-race.js';
import { hasDeadlock } from './deadlock.js';
import { Failure } from './failure.js';
import { allTimeouts, firstTimeout, heldBack } from './held-back.js';
import { runLocals } from './local-steps.js';
import { LockEdges } from './lock-edges.js';
import { runGiven } from './prologue.js';
import { recycle, type Recycling } from './recycle.js';
import { enabled, spinningHeld } from './waiting.js';

const { clz32 } = Math;

/** Steps beside which something is noted that is not of the state. */
const NOTED = Meta.acquires | Meta.races;

/** Operations write a slot at most so often; beside them, local operations write once each. */
const WRITES_PER_SLOT = 4;

export class Machine implements Recycling {
  readonly tables: Tables;
  /** The state vector. */
  readonly state: Vector;
  /** The same for who puts a whole state into it; loaded() is to be called afterwards. */
  readonly cells: Int32Array;
  /** What the last step wrote: pairs of slot and the value before, oldest first; the first `written` words. */
  readonly log: Int32Array;
  written = 0;
  readonly code: Int32Array;
  readonly taskCount: number;
  readonly pcSlot: Int32Array;
  readonly localBase: Int32Array;
  readonly failure: Failure;
  readonly edges: LockEdges;
  /** Dead objects that still wait for their last pointer to go: the first `zombies` of `dead`. */
  zombies = 0;
  readonly dead: Int32Array;
  /** Per object: index into pointerSlots where recycle() last saw a pointer to it. */
  readonly witness: Int32Array;
  /** If set: which exits each operation was left by (1 next, 2 alt, 4 fault), or 8 where it failed. */
  coverage: Uint8Array | null = null;
  /** The running operation's program counter, for detectors. */
  pc = 0;
  private readonly size: number;
  private readonly start: Int32Array;
  private readonly faultSlot: number;
  private readonly actors: readonly Actor[];
  /** Actors that take something up while idle. */
  private readonly takers: number;
  /** Tasks that can take a step, and tasks whose next step others can enable or disable. */
  private mask = 0;
  private waiting = 0;
  /** Per task that waits: the class of its wait. */
  private readonly waitClass: Int32Array;
  /** Both have to be computed anew. */
  private stale = true;
  private startMask = 0;
  private startWaiting = 0;
  private readonly startClass: Int32Array;
  private markZombies = 0;
  private readonly markDead: Int32Array;
  private readonly ordered: boolean;
  /** Workers that never get to run. */
  readonly parked: number;

  constructor(tables: Tables) {
    this.tables = tables;
    const { layout, program } = tables;
    this.code = tables.code;
    this.size = layout.slots.length;
    this.cells = tables.initial.slice();
    this.state = this.cells;
    this.log = new Int32Array(
      2 * (WRITES_PER_SLOT * this.cells.length + tables.program.code.length),
    );
    this.taskCount = layout.tasks.length;
    this.faultSlot = layout.faults;
    this.waitClass = new Int32Array(this.taskCount);
    this.markDead = new Int32Array(layout.objects.length);
    this.dead = new Int32Array(layout.objects.length);
    this.witness = new Int32Array(layout.objects.length);
    this.actors = layout.tasks;
    const maskOf = (wanted: (actor: Actor) => boolean): number =>
      layout.tasks.reduce((mask, actor, t) => (wanted(actor) ? mask | (1 << t) : mask), 0);
    this.takers = maskOf(takes);
    const all = layout.given === null ? layout.tasks : [...layout.tasks, layout.given];
    this.pcSlot = Int32Array.from(all, (task) => task.pc);
    this.localBase = Int32Array.from(all, (task) => task.locals);
    this.failure = new Failure(tables);
    this.edges = new LockEdges(tables);
    this.ordered = program.order.length > 0;
    this.parked = maskOf(
      (actor) => actor.kind === 'worker' && program.parked.includes(actor.queueType),
    );
    runGiven(this);
    program.tasks.forEach((task, t) => {
      if (task.optional === undefined && task.after === undefined) this.startTask(t);
    });
    this.start = this.state.slice();
    this.loaded();
    this.refresh();
    this.startMask = this.mask;
    this.startWaiting = this.waiting;
    this.startClass = this.waitClass.slice();
  }

  /** Back to time 0, all mandatory tasks started, optional ones not. */
  reset(): void {
    this.cells.set(this.start);
    this.written = 0;
    this.edges.clear();
    this.findDead();
    this.mask = this.startMask;
    this.waiting = this.startWaiting;
    this.waitClass.set(this.startClass);
    this.stale = false;
  }

  /** Starts an optional task, or one whose milestone was reached. */
  startTask(task: number): void {
    this.set(this.pcSlot[task] as number, startOf(this, task));
    this.stale = true;
  }

  /** Replaces the state by a vector of layout.slots.length numbers, with no failure and no edges. */
  load(vector: Vector): void {
    for (let i = 0; i < this.size; i++) this.cells[i] = vector[i] as number;
    this.loaded();
  }

  /** Writes a slot; the only way that steps change the state. */
  set(slot: number, value: number): void {
    const { cells, log, written } = this;
    log[written] = slot;
    log[written + 1] = cells[slot] as number;
    this.written = written + 2;
    cells[slot] = value;
  }

  /** Takes back what the last step wrote. */
  undo(): void {
    const { cells, log } = this;
    assert(this.written <= log.length, 'a step writes no more than its log holds');
    for (let i = this.written - 2; i >= 0; i -= 2) cells[log[i] as number] = log[i + 1] as number;
    this.written = 0;
  }

  /** To be called after `cells` was written. */
  loaded(): void {
    this.written = 0;
    this.edges.clear();
    this.stale = true;
    this.findDead();
  }

  /** Remembers which objects of the present state are dead, for back(). */
  mark(): void {
    this.markZombies = this.zombies;
    for (let i = 0; i < this.zombies; i++) this.markDead[i] = this.dead[i] as number;
  }

  /** After undo() to the state of mark(): faster than loaded(). Steps from here find out nothing about other tasks. */
  back(): void {
    this.edges.clear();
    this.zombies = this.markZombies;
    for (let i = 0; i < this.zombies; i++) this.dead[i] = this.markDead[i] as number;
    this.stale = true;
  }

  /** An object died whose slot is to be recycled when the last pointer to it goes. */
  bury(object: number): void {
    this.dead[this.zombies++] = object;
  }

  /** Bit mask of the tasks that may take the next step. */
  candidates(): number {
    const enabled = this.enabledMask();
    const free = this.ordered ? enabled & ~heldBack(this, enabled) : enabled;
    if (!this.tables.hasTimeouts) return free;
    if (this.tables.anyTime) return free | (allTimeouts(this) & ~enabled);
    return free !== 0 ? free : firstTimeout(this);
  }

  /** Of the candidates, those whose time is up before it had to be: a step of one is an event. */
  early(): number {
    if (!this.tables.anyTime) return 0;
    const enabled = this.enabledMask();
    const due = allTimeouts(this) & ~enabled;
    const free = this.ordered ? enabled & ~heldBack(this, enabled) : enabled;
    return free !== 0 ? due : due & (due - 1);
  }

  /** Like candidates(), counting tasks held back by `order` alone as enabled. */
  enabledMask(): number {
    if (this.stale) this.refresh();
    return this.tables.hasInterrupts ? this.mask & ~suspended(this) : this.mask;
  }

  /** Whether the step the task would take has an armed fault point with budget left. */
  faultArmed(task: number): boolean {
    const row = (this.state[this.pcSlot[task] as number] as number) << Row.shift;
    return (
      ((this.code[row + Row.meta] as number) & Meta.fault) !== 0 &&
      (this.state[this.faultSlot] as number) > 0
    );
  }

  /** Weight over 65536 of the fault of the task's next step. */
  faultWeight(task: number): number {
    const pc = this.state[this.pcSlot[task] as number] as number;
    return this.tables.program.faults.points[this.tables.fault[pc] as number]?.weight ?? 0;
  }

  /** Whether a switch away from the task is free of preemption cost because it stands at a yield point. */
  atYieldPoint(task: number): boolean {
    const row = (this.state[this.pcSlot[task] as number] as number) << Row.shift;
    return ((this.code[row + Row.meta] as number) & Meta.yields) !== 0;
  }

  /**
   * Executes the next operation of a candidate, and the local ones behind it.
   * @returns false if the run failed at this step
   */
  step(task: number, fault: boolean): boolean {
    const { state, code, tables } = this;
    this.written = 0;
    const pcSlot = this.pcSlot[task] as number;
    const pc = state[pcSlot] as number;
    this.pc = pc;
    if (fault) this.set(this.faultSlot, (state[this.faultSlot] as number) - 1);
    const row = pc << Row.shift;
    const meta = code[row + Row.meta] as number;
    let next: number;
    if (pc === 0) next = takeUp(this, task, at(this.actors, task));
    else if (tables.hasModuleExit && textGone(this, pc)) next = Exit.failed;
    else if ((meta & Meta.sleeps) !== 0 && !this.maySleep(task)) next = Exit.failed;
    else if ((meta & NOTED) !== 0) next = this.noted(task, row, fault);
    else next = execute(this, task, row, fault, code[row + Row.op] as number);
    if (this.coverage !== null) this.cover(pc, next, fault);
    if (next === Exit.failed) return false;
    if (((code[(next << Row.shift) + Row.meta] as number) & Meta.local) !== 0)
      next = runLocals(this, task, next);
    this.set(pcSlot, next);
    if ((meta & Meta.milestone) !== 0) this.reach(pc);
    if (this.zombies > 0) recycle(this);
    if (this.settle(task, next, code[row + Row.wakes] as number)) return true;
    return next === 0 || !hasDeadlock(this, task);
  }

  runLocals(task: number, pc: number): number {
    return runLocals(this, task, pc);
  }

  /** Executes an operation that takes a lock in order, or is to be looked at for races, and notes what was before. */
  private noted(task: number, row: number, fault: boolean): number {
    const { edges, code } = this;
    if (((code[row + Row.meta] as number) & Meta.races) !== 0)
      for (const race of racesOf(this, task, this.enabledMask())) edges.report(race);
    if (((code[row + Row.meta] as number) & Meta.acquires) === 0)
      return execute(this, task, row, fault, code[row + Row.op] as number);
    const held = edges.heldBy(this, task);
    const next = execute(this, task, row, fault, code[row + Row.op] as number);
    if (held !== 0 && next !== Exit.failed) edges.acquire(held, code[row + Row.lock] as number);
    return next;
  }

  /** Whether the task may sleep; if not the machine's failure says so. */
  private maySleep(task: number): boolean {
    const held = spinningHeld(this, task);
    const context = held === 0 ? atomicContext(this, task) : -1;
    if (held === 0 && context < 0) return true;
    const detail = held === 0 ? -1 - context : 31 - clz32(held & -held);
    const { warnsInInterrupt } = specOf(at(this.tables.program.code, this.pc).op);
    if (warnsInInterrupt !== undefined && inInterrupt(this, task))
      this.edges.warn(this.pc, warnsInInterrupt);
    this.failure.raise('sleep-in-atomic', this.pc, detail);
    return false;
  }

  /** Slot of a field, or FAILED after the detector of NULL and dead pointers spoke. @param row operand offset */
  place(task: number, row: number): number {
    const base = this.code[row] as number;
    const field = this.code[row + 1] as number;
    if (base < 0) return field;
    const object = this.state[(this.localBase[task] as number) + base] as number;
    return this.alive(object, row) ? (this.tables.fields[object] as number) + field : Exit.failed;
  }

  /** Whether an object may be accessed; fails the run if it is NULL or dead. */
  alive(object: number, row: number): boolean {
    if (object === 0) {
      this.failure.nullDereference(this.pc, row);
      return false;
    }
    const life = this.state[this.tables.life[object] as number] as number;
    if (life <= (this.tables.accessMax[object] as number)) return true;
    this.failure.object('use-after-free', this.pc, object, life);
    return false;
  }

  /** Whether the pointer operand at `row` is one that the waiting operation would fault on. */
  dangling(task: number, row: number): boolean {
    const base = this.code[row] as number;
    if (base < 0) return false;
    const object = this.state[(this.localBase[task] as number) + base] as number;
    return (
      object === 0 ||
      (this.state[this.tables.life[object] as number] as number) >
        (this.tables.accessMax[object] as number)
    );
  }

  /** A value operand: [0, constant] or [1, local]. */
  value(task: number, row: number): number {
    const v = this.code[row + 1] as number;
    return (this.code[row] as number) === 0
      ? v
      : (this.state[(this.localBase[task] as number) + v] as number);
  }

  /** A pointer operand: a local. */
  pointer(task: number, row: number): number {
    return this.state[(this.localBase[task] as number) + (this.code[row] as number)] as number;
  }

  local(task: number, row: number): number {
    return (this.localBase[task] as number) + (this.code[row] as number);
  }

  /** Stores a number after checking its declared range. */
  count(slot: number, value: number): void {
    const { slotMin, slotMax, layout } = this.tables;
    if (value > (slotMax[slot] as number) || value < (slotMin[slot] as number)) {
      const info = at(layout.slots, slot);
      throw new BoundExceeded(info.name, value < info.min ? info.min : info.max);
    }
    this.set(slot, value);
  }

  /** Notes by which exit an operation was left. */
  cover(pc: number, next: number, fault: boolean): void {
    if (this.coverage === null) return;
    if (next === Exit.failed) {
      this.coverage[pc] = (this.coverage[pc] ?? 0) | 8;
      return;
    }
    const exit = next === (this.code[(pc << Row.shift) + Row.next] as number) ? 1 : 2;
    this.coverage[pc] = (this.coverage[pc] ?? 0) | exit | (fault ? 4 : 0);
  }

  /** Computes anew which tasks can run and which wait. */
  private refresh(): void {
    this.mask = 0;
    this.waiting = 0;
    for (let t = 0; t < this.taskCount; t++)
      this.note(t, this.state[this.pcSlot[t] as number] as number);
    this.stale = false;
  }

  /** Notes whether a task that stands at `pc` can run, and whether others decide that. */
  private note(task: number, pc: number): boolean {
    const bit = 1 << task;
    const meta = this.code[(pc << Row.shift) + Row.meta] as number;
    if ((meta & Meta.waits) === 0) {
      this.waiting &= ~bit;
      this.mask |= bit;
      return true;
    }
    if ((pc === 0 && (this.takers & bit) === 0) || (this.parked & bit) !== 0) {
      this.waiting &= ~bit;
      this.mask &= ~bit;
      return false;
    }
    this.waiting |= bit;
    this.waitClass[task] = this.code[(pc << Row.shift) + Row.waits] as number;
    const can = enabled(this, task);
    if (can) this.mask |= bit;
    else this.mask &= ~bit;
    return can;
  }

  /** After a step: only the task itself, and tasks that wait for what the step may have changed. */
  private settle(task: number, pc: number, wakes: number): boolean {
    if (this.stale) {
      const meta = this.code[(pc << Row.shift) + Row.meta] as number;
      return (meta & Meta.waits) === 0 || enabled(this, task);
    }
    if (wakes !== 0)
      for (let rest = this.waiting & ~(1 << task); rest !== 0; rest &= rest - 1) {
        const other = 31 - clz32(rest & -rest);
        if (((this.waitClass[other] as number) & wakes) === 0) continue;
        if (enabled(this, other)) this.mask |= 1 << other;
        else this.mask &= ~(1 << other);
      }
    return this.note(task, pc);
  }

  private findDead(): void {
    this.zombies = 0;
    const { life, liveMax, mortal } = this.tables;
    for (let i = 0; i < mortal.length; i++) {
      const object = mortal[i] as number;
      if ((this.state[life[object] as number] as number) > (liveMax[object] as number))
        this.bury(object);
    }
  }

  private reach(pc: number): void {
    const slot = this.tables.milestone[pc] as number;
    if ((this.state[slot] as number) !== 0) return;
    this.set(slot, 1);
    this.stale = true;
    const milestone = this.tables.program.code[pc]?.milestone;
    this.tables.program.tasks.forEach((task, t) => {
      if (task.after === milestone) this.startTask(t);
    });
  }
}
