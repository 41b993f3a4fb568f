/**
 * Packs a state vector into few 32-bit words: no slot straddles a word, equal vectors give equal words.
 * What the search stores; the wide vector is what step() works on.
 */
import { at } from '../assert.js';
import type { Machine } from '../machine/machine.js';
import type { Layout } from './layout.js';
import type { Vector } from './vector.js';

const { clz32, imul } = Math;

const bitsFor = (max: number): number => (max === 0 ? 0 : 32 - Math.clz32(max));

export class Packer {
  /** Words of one packed state. */
  readonly words: number;
  readonly bytes: number;
  private readonly word: Int32Array;
  private readonly shift: Int32Array;
  private readonly mask: Int32Array;
  private readonly slots: number;
  /** Slot of each bit: of bit b of word w at 32 * w + b. */
  private readonly slotOfBit: Int32Array;

  constructor(layout: Layout) {
    this.slots = layout.slots.length;
    this.word = new Int32Array(this.slots);
    this.shift = new Int32Array(this.slots);
    this.mask = new Int32Array(this.slots);
    const used: number[] = [0];
    let bits = 0;
    layout.slots.forEach((slot, i) => {
      const width = bitsFor(slot.max);
      bits += width;
      let w = used.findIndex((taken) => taken + width <= 32);
      if (w < 0) w = used.push(0) - 1;
      this.word[i] = w;
      this.shift[i] = at(used, w);
      this.mask[i] = width === 32 ? -1 : (1 << width) - 1;
      used[w] = at(used, w) + width;
    });
    this.words = used.length;
    this.slotOfBit = new Int32Array(32 * this.words);
    layout.slots.forEach((slot, i) => {
      const first = 32 * at(this.word, i) + at(this.shift, i);
      this.slotOfBit.fill(i, first, first + bitsFor(slot.max));
    });
    this.bytes = Math.ceil(bits / 8);
  }

  pack(state: Vector, out: Int32Array, offset: number): void {
    for (let w = 0; w < this.words; w++) out[offset + w] = 0;
    for (let i = 0; i < this.slots; i++) {
      const value = state[i] as number;
      if (value !== 0) {
        const w = offset + (this.word[i] as number);
        out[w] = (out[w] as number) | (value << (this.shift[i] as number));
      }
    }
  }

  /**
   * Packs the machine's state after a step by what the step wrote, and undoes the step.
   * @param from where `out` has the words of the state before
   * @param offset where those of the state after are to be
   * @param factors an odd number per word
   * @returns by how much the sum of words times factors grew, modulo 2^32
   */
  packAndUndo(
    machine: Machine,
    out: Int32Array,
    from: number,
    offset: number,
    factors: Int32Array,
  ): number {
    const { word, shift, words } = this;
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
      const now = old ^ (changed << (shift[slot] as number));
      out[offset + w] = now;
      grown = (grown + imul(now - old, factors[w] as number)) | 0;
    }
    return grown;
  }

  /** Unpacks onto a vector that holds the state of `words`, touching only slots that differ. */
  unpackOnto(packed: Int32Array, offset: number, words: Int32Array, cells: Int32Array): void {
    const { slotOfBit, shift, mask } = this;
    for (let w = 0; w < words.length; w++) {
      const value = packed[offset + w] as number;
      let changed = value ^ (words[w] as number);
      if (changed === 0) continue;
      words[w] = value;
      do {
        const slot = slotOfBit[32 * w + 31 - clz32(changed)] as number;
        const by = shift[slot] as number;
        const bits = mask[slot] as number;
        cells[slot] = (value >>> by) & bits;
        changed &= ~(bits << by);
      } while (changed !== 0);
    }
  }

  unpack(packed: Int32Array, offset: number, state: Int32Array): void {
    const { word, shift, mask, slots } = this;
    for (let i = 0; i < slots; i++)
      state[i] =
        ((packed[offset + (word[i] as number)] as number) >>> (shift[i] as number)) &
        (mask[i] as number);
  }
}
