/**
 * A plain interpreter of the same op table, for comparison: one switch, one loop, all tasks asked before every step, no
 * signatures, lock-order edges or coverage. Knows the operations of nbd's disconnect and open; any other ends the run,
 * which the comparison of answers shows.
 */
import { Row, at } from '@lastref/kernel';
import { Exit, PlainModel } from './model.js';

const LAST_LOCAL = 3;

export interface PlainTotals {
  readonly steps: number;
  readonly failed: number;
  readonly cut: number;
}

export class PlainSwitch extends PlainModel {
  run(from: number, count: number): PlainTotals {
    const { state, start, generator, program } = this;
    let steps = 0;
    let failed = 0;
    let cut = 0;
    for (let seed = from; seed < from + count; seed++) {
      state.set(start);
      this.dead = 0;
      generator.seed(seed);
      for (let left = program.maxSteps; ; left--) {
        let mask = 0;
        let n = 0;
        for (let t = 0; t < this.tasks; t++)
          if (this.can(t)) {
            mask |= 1 << t;
            n++;
          }
        if (mask === 0 || left === 0) {
          if (mask !== 0) cut++;
          else if (this.endsBadly()) failed++;
          break;
        }
        for (let k = generator.pick(n); k > 0; k--) mask &= mask - 1;
        steps++;
        if (!this.step(31 - Math.clz32(mask & -mask))) {
          failed++;
          break;
        }
      }
    }
    return { steps, failed, cut };
  }

  private step(t: number): boolean {
    const { state } = this;
    const pcSlot = this.pcs[t] as number;
    const pc = state[pcSlot] as number;
    let next = pc === 0 ? this.take(t) : this.execute(t, pc);
    if (next === Exit.failed) return false;
    next = this.runLocals(next, this.locals[t] as number);
    state[pcSlot] = next;
    if (this.dead > 0) this.recycle();
    return next === 0 || this.can(t) || !this.deadlocked(t);
  }

  private runLocals(from: number, L: number): number {
    const { code, state } = this;
    for (let pc = from; ;) {
      const row = pc << Row.shift;
      const op = code[row] as number;
      if (op > LAST_LOCAL || op === 0) return pc;
      if (op === 1) state[L + (code[row + Row.arg] as number)] = this.value(row + Row.arg + 1, L);
      else if (op === 2) state[L + (code[row + Row.arg] as number)] = 0;
      else {
        const a = this.value(row + Row.arg, L);
        const b = this.value(row + Row.arg + 3, L);
        const how = code[row + Row.arg + 2];
        const holds = how === 0 ? a === b : how === 1 ? a !== b : how === 2 ? a < b : a <= b;
        pc = code[row + (holds ? Row.next : Row.alt)] as number;
        continue;
      }
      pc = code[row + Row.next] as number;
    }
  }

  private take(t: number): number {
    const { state } = this;
    const q = this.queue[t] as number;
    const first = this.fifo[q] as number;
    const last = first + (this.fifoLength[q] as number) - 1;
    const item = state[first] as number;
    for (let i = first; i < last; i++) state[i] = state[i + 1] as number;
    state[last] = 0;
    state[this.tables.itemSlotOf[t] as number] = item;
    const o = this.tables.itemObject[item] as number;
    if (!this.alive(o)) return Exit.failed;
    state[this.locals[t] as number] = o;
    return this.entries[item] as number;
  }

  private execute(t: number, pc: number): number {
    const { code, state, tables } = this;
    const row = pc << Row.shift;
    const L = this.locals[t] as number;
    const a = code[row + Row.arg] as number;
    const next = code[row + Row.next] as number;
    const alt = code[row + Row.alt] as number;
    switch (code[row]) {
      case 5: {
        const s = this.slot(row + Row.arg + 1, L);
        if (s < 0) return Exit.failed;
        state[L + a] = state[s] as number;
        return next;
      }
      case 6:
      case 16: {
        const s = this.slot(row + Row.arg, L);
        if (s < 0) return Exit.failed;
        state[s] = this.value(row + Row.arg + 2, L);
        return next;
      }
      case 7: {
        const s = this.slot(row + Row.arg, L);
        if (s < 0) return Exit.failed;
        return state[s] !== 0 ? next : alt;
      }
      case 8:
      case 9: {
        const s = this.slot(row + Row.arg, L);
        if (s < 0) return Exit.failed;
        const before = state[s];
        state[s] = code[row] === 8 ? 1 : 0;
        return before !== 0 ? next : alt;
      }
      case 10: {
        const type = code[row + Row.arg + 1] as number;
        for (let o = 1; o < tables.life.length; o++) {
          if (tables.typeOf[o] !== type || state[tables.life[o] as number] !== 0) continue;
          state[tables.life[o] as number] =
            at(tables.allocFns, type).indexOf(tables.fn[pc] as number) + 1;
          at(tables.fieldInit, type).forEach((v, i) => {
            state[(tables.fields[o] as number) + i] = v;
          });
          state[L + a] = o;
          return next;
        }
        return Exit.failed;
      }
      case 11:
        return state[L + a] === 0 || this.release(state[L + a] as number, pc) ? next : Exit.failed;
      case 12: {
        const s = this.slot(row + Row.arg, L);
        if (s < 0) return Exit.failed;
        state[s] = t + 1;
        return next;
      }
      case 13: {
        const s = this.slot(row + Row.arg, L);
        if (s < 0 || state[s] !== t + 1) return Exit.failed;
        state[s] = 0;
        return next;
      }
      case 14: {
        const s = this.slot(row + Row.arg, L);
        if (s < 0) return Exit.failed;
        state[s + 1] = (state[s + 1] as number) | (1 << t);
        return next;
      }
      case 15: {
        const s = this.slot(row + Row.arg, L);
        if (s < 0 || ((state[s + 1] as number) & (1 << t)) === 0) return Exit.failed;
        state[s + 1] = (state[s + 1] as number) & ~(1 << t);
        return next;
      }
      case 17:
      case 18: {
        const s = this.slot(row + Row.arg, L);
        if (s < 0) return Exit.failed;
        if (state[s] === 0) return code[row] === 17 ? Exit.failed : alt;
        state[s] = (state[s] as number) + 1;
        return next;
      }
      case 19:
      case 20: {
        const s = this.slot(row + Row.arg, L);
        if (s < 0) return Exit.failed;
        const count = state[s] as number;
        if (code[row] === 19 && count === 1) return alt;
        if (count === 0) return Exit.failed;
        state[s] = count - 1;
        return code[row] === 19 || count === 1 ? next : alt;
      }
      case 21: {
        const s = at(tables.layout.tables, a) + this.value(row + Row.arg + 1, L);
        if (state[s] !== 0) return alt;
        state[s] = state[L + (code[row + Row.arg + 3] as number)] as number;
        return next;
      }
      case 22: {
        const s = at(tables.layout.tables, code[row + Row.arg + 1] as number);
        state[L + a] = state[s + this.value(row + Row.arg + 2, L)] as number;
        return next;
      }
      case 23: {
        const s = at(tables.layout.tables, code[row + Row.arg + 1] as number);
        const o = state[s + this.value(row + Row.arg + 2, L)] as number;
        state[L + a] = 0;
        if (o === 0) return next;
        if (!this.alive(o)) return Exit.failed;
        const count = (tables.fields[o] as number) + (code[row + Row.arg + 4] as number);
        if (state[count] === 0) return next;
        state[count] = (state[count] as number) + 1;
        state[L + a] = o;
        return next;
      }
      case 24:
        state[at(tables.layout.tables, a) + this.value(row + Row.arg + 1, L)] = 0;
        return next;
      case 25: {
        const s = this.slot(row + Row.arg, L);
        if (s < 0) return Exit.failed;
        state[s] = (state[s] as number) + 1;
        return next;
      }
      case 26:
        return this.enqueue(t, L, row) ? next : Exit.failed;
      case 27: {
        const q = state[L + (code[row + Row.arg + 1] as number)] as number;
        if (!this.alive(q)) return Exit.failed;
        let count = this.running(q) ? 1 : 0;
        for (let i = 0; i < (this.fifoLength[q] as number); i++)
          if (state[(this.fifo[q] as number) + i] !== 0) count++;
        state[L + a] = count;
        return next;
      }
      case 28:
        return next;
      case 29: {
        const q = state[L + a] as number;
        if (!this.alive(q)) return Exit.failed;
        state[this.draining[q] as number] = 1;
        return next;
      }
      case 30: {
        const q = state[L + a] as number;
        if (!this.alive(q) || !this.release(q, pc)) return Exit.failed;
        state[this.draining[q] as number] = 0;
        return next;
      }
      case 31:
        this.workDone(t);
        return 0;
      case 32: {
        const s = at(tables.layout.modules, a);
        if (state[s + 1] !== 0) return alt;
        state[s] = (state[s] as number) + 1;
        return next;
      }
      case 33: {
        const s = at(tables.layout.modules, a);
        if (state[s] === 0) return Exit.failed;
        state[s] = (state[s] as number) - 1;
        return next;
      }
      case 34:
      case 35: {
        const s = at(tables.layout.registries, a) + this.value(row + Row.arg + 1, L);
        if ((state[s] === 0) === (code[row] === 35)) return Exit.failed;
        state[s] = code[row] === 34 ? 1 : 0;
        return next;
      }
      default:
        return Exit.failed;
    }
  }
}
