/**
 * The state of the plain interpreter and what its operations share: who can run, who waits for whom, memory, work items,
 * recycling, ends. Written for comparison, without any of the machine's short cuts, and it reads arrays itself: through the
 * engine's cell(), which sees every kind of array then, it is 8 % slower.
 */
import {
  Row,
  at,
  Machine,
  tablesOf,
  Xoroshiro,
  type OpName,
  type Program,
  type Tables,
} from '@lastref/kernel';

/** Operations by number of this file: the table's own order. */
const OPS = [
  'end',
  'set',
  'zero',
  'test',
  'stay',
  'load',
  'store',
  'test_bit',
  'test_and_set_bit',
  'test_and_clear_bit',
  'kzalloc',
  'kfree',
  'mutex_lock',
  'mutex_unlock',
  'down_read',
  'up_read',
  'refcount_set',
  'refcount_inc',
  'refcount_inc_not_zero',
  'refcount_dec_not_one',
  'refcount_dec_and_test',
  'idr_alloc',
  'idr_find',
  'idr_find_get',
  'idr_remove',
  'complete',
  'queue_work',
  'flush_workqueue',
  'flush_workqueue_wait',
  'destroy_workqueue',
  'destroy_workqueue_wait',
  'work_done',
  'try_module_get',
  'module_put',
  'sysfs_create',
  'sysfs_remove',
] as const satisfies readonly OpName[];

/** Written in where it is used, as the machine does with its own. */
export const enum Exit {
  failed = -1,
}

export class PlainModel {
  protected readonly tables: Tables;
  protected readonly code: Int32Array;
  protected readonly state: Int32Array;
  protected readonly start: Int32Array;
  protected readonly pcs: Int32Array;
  protected readonly locals: Int32Array;
  protected readonly queue: Int32Array;
  protected readonly fifo: Int32Array;
  protected readonly fifoLength: Int32Array;
  protected readonly draining: Int32Array;
  protected readonly entries: Int32Array;
  protected readonly tasks: number;
  protected readonly generator = new Xoroshiro();
  protected dead = 0;

  constructor(protected readonly program: Program) {
    const tables = tablesOf(program);
    const { layout } = tables;
    const machine = new Machine(tables);
    machine.reset();
    this.tables = tables;
    this.start = machine.state.slice();
    this.state = machine.state.slice();
    this.tasks = layout.tasks.length;
    this.code = tables.code.slice();
    program.code.forEach((op, pc) => {
      this.code[pc << Row.shift] = OPS.findIndex((known) => known === op.op);
    });
    this.pcs = Int32Array.from(layout.tasks, (task) => task.pc);
    this.locals = Int32Array.from(layout.tasks, (task) => task.locals);
    this.queue = Int32Array.from(layout.tasks, (task) => (task.kind === 'worker' ? task.queue : 0));
    this.fifo = Int32Array.from(layout.objects, (object) => object?.fifo ?? -1);
    this.fifoLength = Int32Array.from(layout.objects, (object) => object?.fifoLength ?? 0);
    this.draining = Int32Array.from(layout.objects, (object) => object?.draining ?? -1);
    this.entries = Int32Array.from(layout.items, (item) =>
      item === null ? 0 : at(program.bodies, at(program.works, item.work).body).entry,
    );
  }

  protected can(t: number): boolean {
    const { state, code } = this;
    const row = (state[this.pcs[t] as number] as number) << Row.shift;
    const L = this.locals[t] as number;
    switch (code[row]) {
      case 0: {
        const q = this.queue[t] as number;
        return q !== 0 && this.fifoLength[q] !== 0 && state[this.fifo[q] as number] !== 0;
      }
      case 4:
        return false;
      case 12: {
        const s = this.slot(row + Row.arg, L);
        return s < 0 || state[s] === 0;
      }
      case 14: {
        const s = this.slot(row + Row.arg, L);
        return s < 0 || (state[s] === 0 && state[s + 3] === 0);
      }
      case 28:
        return state[L + (code[row + Row.arg + 2] as number)] === 0;
      case 30: {
        const q = state[L + (code[row + Row.arg] as number)] as number;
        return (
          !this.alive(q) ||
          ((this.fifoLength[q] === 0 || state[this.fifo[q] as number] === 0) && !this.running(q))
        );
      }
      default:
        return true;
    }
  }

  protected alive(o: number): boolean {
    const { life, liveMax } = this.tables;
    return o !== 0 && (this.state[life[o] as number] as number) <= (liveMax[o] as number);
  }

  protected running(q: number): boolean {
    const worker = this.tables.workerOf[q] as number;
    return worker >= 0 && this.state[this.tables.itemSlotOf[worker] as number] !== 0;
  }

  /** Slot of a place, Exit.failed if its pointer is NULL or dead. */
  protected slot(row: number, L: number): number {
    const base = this.code[row] as number;
    const field = this.code[row + 1] as number;
    if (base < 0) return field;
    const o = this.state[L + base] as number;
    return this.alive(o) ? (this.tables.fields[o] as number) + field : Exit.failed;
  }

  protected value(row: number, L: number): number {
    const v = this.code[row + 1] as number;
    return this.code[row] === 0 ? v : (this.state[L + v] as number);
  }

  protected release(o: number, pc: number): boolean {
    const { state, tables } = this;
    if (!this.alive(o)) return false;
    const first = tables.fields[o] as number;
    const last = first + (tables.fieldCount[o] as number);
    for (let s = first; s < last; s++)
      if ((tables.classOfSlot[s] as number) >= 0 && state[s] !== 0) return false;
    for (let s = first; s < last; s++) state[s] = 0;
    const by = at(tables.freeFns, tables.typeOf[o] as number).indexOf(tables.fn[pc] as number);
    state[tables.life[o] as number] = (tables.liveMax[o] as number) + by + 1;
    this.dead++;
    return true;
  }

  protected enqueue(t: number, L: number, row: number): boolean {
    const { code, state, tables } = this;
    const q = state[L + (code[row + Row.arg] as number)] as number;
    const o = state[L + (code[row + Row.arg + 1] as number)] as number;
    if (!this.alive(q) || !this.alive(o)) return false;
    const item = tables.itemOfField[(o << 5) | (code[row + Row.arg + 2] as number)] as number;
    for (let i = 0; i < tables.fifoSlots.length; i++)
      if (state[tables.fifoSlots[i] as number] === item) return true;
    const own = tables.workerOf[q] === t && this.running(q);
    if (state[this.draining[q] as number] !== 0 && !own) return true;
    let end = this.fifo[q] as number;
    while (state[end] !== 0) end++;
    state[end] = item;
    return true;
  }

  protected workDone(t: number): void {
    const { code, state, tables } = this;
    for (let u = 0; u < this.tasks; u++) {
      const row = (state[this.pcs[u] as number] as number) << Row.shift;
      const L = this.locals[u] as number;
      if (code[row] !== 28 || state[L + (code[row + Row.arg] as number)] !== this.queue[t])
        continue;
      const counter = L + (code[row + Row.arg + 2] as number);
      if (state[counter] !== 0) state[counter] = (state[counter] as number) - 1;
    }
    state[tables.itemSlotOf[t] as number] = 0;
    const worker = at(tables.layout.tasks, t);
    for (let i = 0; i < worker.localCount; i++) state[worker.locals + i] = 0;
  }

  protected recycle(): void {
    const { state, tables } = this;
    this.dead = 0;
    for (let o = 1; o < tables.life.length; o++) {
      if ((state[tables.life[o] as number] as number) <= (tables.liveMax[o] as number)) continue;
      if (this.referenced(o)) this.dead++;
      else state[tables.life[o] as number] = 0;
    }
  }

  protected referenced(o: number): boolean {
    const { state, tables } = this;
    for (let i = 0; i < tables.pointerSlots.length; i++) {
      if (state[tables.pointerSlots[i] as number] !== o) continue;
      const owner = tables.pointerOwner[i] as number;
      if (owner === 0 || (this.alive(owner) && state[tables.life[owner] as number] !== 0))
        return true;
    }
    for (let i = 0; i < tables.itemSlots.length; i++)
      if (tables.itemObject[state[tables.itemSlots[i] as number] as number] === o) return true;
    return false;
  }

  protected waitsFor(t: number): number {
    const { code, state } = this;
    const row = (state[this.pcs[t] as number] as number) << Row.shift;
    const L = this.locals[t] as number;
    const op = code[row];
    if (op === 12 || op === 14) {
      const s = this.slot(row + Row.arg, L);
      if (s < 0) return 0;
      const owner = state[s] as number;
      return (owner === 0 ? 0 : 1 << (owner - 1)) | (op === 14 ? (state[s + 3] as number) : 0);
    }
    if (op !== 28 && op !== 30) return 0;
    const q = state[L + (code[row + Row.arg] as number)] as number;
    return this.running(q) ? 1 << (this.tables.workerOf[q] as number) : 0;
  }

  protected deadlocked(t: number): boolean {
    let reached = this.waitsFor(t);
    for (let frontier = reached; frontier !== 0 && (reached & (1 << t)) === 0;) {
      const u = 31 - Math.clz32(frontier & -frontier);
      const idle = this.state[this.pcs[u] as number] === 0;
      const more = (idle || this.can(u) ? 0 : this.waitsFor(u)) & ~reached;
      reached |= more;
      frontier = (frontier & ~(1 << u)) | more;
    }
    return (reached & (1 << t)) !== 0;
  }

  /** A task hangs, or an object is reachable from nowhere. */
  protected endsBadly(): boolean {
    const { state, tables } = this;
    for (let t = 0; t < this.tasks; t++) {
      const pc = state[this.pcs[t] as number] as number;
      if (pc !== 0 && this.code[pc << Row.shift] !== 4) return true;
    }
    const seen = new Set<number>();
    const visit = (o: number): void => {
      if (!this.alive(o) || state[tables.life[o] as number] === 0 || seen.has(o)) return;
      seen.add(o);
      tables.pointerSlots.forEach((s, i) => {
        if (tables.pointerOwner[i] === o) visit(state[s] as number);
      });
    };
    tables.pointerSlots.forEach((s, i) => {
      if (tables.pointerOwner[i] === 0) visit(state[s] as number);
    });
    tables.itemSlots.forEach((s) => {
      visit(tables.itemObject[state[s] as number] as number);
    });
    for (let o = 1; o < tables.life.length; o++)
      if (this.alive(o) && state[tables.life[o] as number] !== 0 && !seen.has(o)) return true;
    return false;
  }
}
