/**
 * Packs the states of one search by the slots that have changed in any of them. Programs declare room for objects, locals
 * and counts that a case never uses: more than half of the bits never change. A slot gets its bits when a step changes it
 * for the first time, and is kept as its difference from time 0, so that states packed before hold it already, as zeroes.
 * Equal states give equal words at any time. Words only grow in number: who holds packed states has to widen them when
 * admit() says so. What steps changed is taken from the machine's log.
 */
import { at } from '../assert.js';
import type { Tables } from '../tables/tables.js';
import { bitsFor } from './slot-bits.js';

const { clz32, imul } = Math;
const NO_WORD = -1;

/** A state and what the last step wrote into it. */
export interface Written {
  readonly cells: Int32Array;
  /** Pairs of slot and the value before; the first `written` words. */
  readonly log: Int32Array;
  readonly written: number;
}

export class SlimPacker {
  /** Words of one packed state. */
  words = 1;
  private readonly used: number[] = [0];
  private readonly start: Int32Array;
  private readonly width: Int32Array;
  private readonly word: Int32Array;
  private readonly shift: Int32Array;
  private readonly mask: Int32Array;
  /** Sign bit of slots that may be negative, 0 for the others. */
  private readonly sign: Int32Array;
  /** Slot of each bit: of bit b of word w at 32 * w + b. */
  private slotOfBit = new Int32Array(32);

  /** @param machine at time 0 */
  constructor(machine: Written & { readonly tables: Tables }) {
    const { slots } = machine.tables.layout;
    this.start = machine.cells.slice(0, slots.length);
    this.width = Int32Array.from(slots, bitsFor);
    this.sign = Int32Array.from(slots, (slot) => (slot.min < 0 ? 1 << (bitsFor(slot) - 1) : 0));
    this.word = new Int32Array(slots.length).fill(NO_WORD);
    this.shift = new Int32Array(slots.length);
    this.mask = new Int32Array(slots.length);
  }

  /** Gives bits to slots that the last step changed and none before. @returns whether states have more words now */
  admit({ log, written, cells }: Written): boolean {
    const { words } = this;
    for (let i = 0; i < written; i += 2) {
      const slot = log[i] as number;
      if ((this.word[slot] as number) < 0) this.admitSlot(slot, cells[slot] as number);
    }
    return this.words !== words;
  }

  /** The same for all slots, whoever changed them. */
  admitAll({ cells }: Written): boolean {
    const { words } = this;
    for (let slot = 0; slot < this.start.length; slot++)
      if ((this.word[slot] as number) < 0) this.admitSlot(slot, cells[slot] as number);
    return this.words !== words;
  }

  /** Packs the machine's state; admitAll() is to be called before. */
  pack({ cells }: Written, out: Int32Array, offset: number): void {
    for (let w = 0; w < this.words; w++) out[offset + w] = 0;
    for (let slot = 0; slot < this.start.length; slot++) {
      const changed = (cells[slot] as number) ^ (this.start[slot] as number);
      if (changed === 0) continue;
      const w = offset + (this.word[slot] as number);
      out[w] =
        (out[w] as number) |
        ((changed & (this.mask[slot] as number)) << (this.shift[slot] as number));
    }
  }

  /**
   * Packs the machine's state after a step by what the step wrote, and undoes the step; admit() is to be called before.
   * @param from where `out` has the words of the state before
   * @param offset where those of the state after are to be
   * @param factors an odd number per word
   * @returns by how much the sum of words times factors grew, modulo 2^32
   */
  packAndUndo(
    machine: Written,
    out: Int32Array,
    from: number,
    offset: number,
    factors: Int32Array,
  ): number {
    const { word, shift, mask, words } = this;
    const { cells, log } = machine;
    for (let w = 0; w < words; w++) out[offset + w] = out[from + w] as number;
    let grown = 0;
    for (let i = machine.written - 2; i >= 0; i -= 2) {
      const slot = log[i] as number;
      const before = log[i + 1] as number;
      const changed = (cells[slot] as number) ^ before;
      if (changed === 0) continue;
      cells[slot] = before;
      const w = word[slot] as number;
      const old = out[offset + w] as number;
      const now = old ^ ((changed & (mask[slot] as number)) << (shift[slot] as number));
      out[offset + w] = now;
      grown = (grown + imul(now - old, factors[w] as number)) | 0;
    }
    return grown;
  }

  /** Unpacks onto a vector that holds the state of `words`, touching only slots that differ. */
  unpackOnto(packed: Int32Array, offset: number, words: Int32Array, cells: Int32Array): void {
    const { slotOfBit, shift, mask, sign, start } = this;
    for (let w = 0; w < words.length; w++) {
      const value = packed[offset + w] as number;
      let changed = value ^ (words[w] as number);
      if (changed === 0) continue;
      words[w] = value;
      do {
        const slot = slotOfBit[32 * w + 31 - clz32(changed)] as number;
        const by = shift[slot] as number;
        const bits = mask[slot] as number;
        const signBit = sign[slot] as number;
        cells[slot] = ((((value >>> by) ^ (start[slot] as number)) & bits) ^ signBit) - signBit;
        changed &= ~(bits << by);
      } while (changed !== 0);
    }
  }

  unpack(packed: Int32Array, offset: number, cells: Int32Array): void {
    const { start, word, shift, mask, sign } = this;
    for (let slot = 0; slot < start.length; slot++) {
      const w = word[slot] as number;
      if (w < 0) {
        cells[slot] = start[slot] as number;
        continue;
      }
      const value = (packed[offset + w] as number) >>> (shift[slot] as number);
      const signBit = sign[slot] as number;
      cells[slot] =
        (((value ^ (start[slot] as number)) & (mask[slot] as number)) ^ signBit) - signBit;
    }
  }

  private admitSlot(slot: number, value: number): void {
    if (value === this.start[slot]) return;
    const width = this.width[slot] as number;
    let w = this.used.findIndex((taken) => taken + width <= 32);
    if (w < 0) {
      w = this.used.push(0) - 1;
      this.words = this.used.length;
      const grown = new Int32Array(32 * this.words);
      grown.set(this.slotOfBit);
      this.slotOfBit = grown;
    }
    const shift = at(this.used, w);
    this.used[w] = shift + width;
    this.word[slot] = w;
    this.shift[slot] = shift;
    this.mask[slot] = width === 32 ? -1 : (1 << width) - 1;
    this.slotOfBit.fill(slot, 32 * w + shift, 32 * w + shift + width);
  }
}
