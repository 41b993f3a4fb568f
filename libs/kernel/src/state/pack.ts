/**
 * Packs a state vector into few 32-bit words: no slot straddles a word, equal vectors give equal words.
 * What a memo stores; the wide vector is what step() works on.
 */
import { at } from '../assert.js';
import type { Layout } from './layout-types.js';
import { bitsFor } from './slot-bits.js';
import type { Vector } from './vector.js';

export class Packer {
  /** Words of one packed state. */
  readonly words: number;
  readonly bytes: number;
  private readonly word: Int32Array;
  private readonly shift: Int32Array;
  private readonly mask: Int32Array;
  private readonly slots: number;
  /** Slots that may be negative, and how far their sign is from the top of a word. */
  private readonly signed: readonly { readonly slot: number; readonly unused: number }[];

  constructor(layout: Layout) {
    this.slots = layout.slots.length;
    this.word = new Int32Array(this.slots);
    this.shift = new Int32Array(this.slots);
    this.mask = new Int32Array(this.slots);
    const used: number[] = [0];
    let bits = 0;
    layout.slots.forEach((slot, i) => {
      const width = bitsFor(slot);
      bits += width;
      let w = used.findIndex((taken) => taken + width <= 32);
      if (w < 0) w = used.push(0) - 1;
      this.word[i] = w;
      this.shift[i] = at(used, w);
      this.mask[i] = width === 32 ? -1 : (1 << width) - 1;
      used[w] = at(used, w) + width;
    });
    this.signed = layout.slots.flatMap((info, slot) =>
      info.min < 0 ? [{ slot, unused: 32 - bitsFor(info) }] : [],
    );
    this.words = used.length;
    this.bytes = Math.ceil(bits / 8);
  }

  pack(state: Vector, out: Int32Array, offset: number): void {
    for (let w = 0; w < this.words; w++) out[offset + w] = 0;
    for (let i = 0; i < this.slots; i++) {
      const value = state[i] as number;
      if (value !== 0) {
        const w = offset + (this.word[i] as number);
        out[w] =
          (out[w] as number) | ((value & (this.mask[i] as number)) << (this.shift[i] as number));
      }
    }
  }

  unpack(packed: Int32Array, offset: number, state: Int32Array): void {
    const { word, shift, mask, slots } = this;
    for (let i = 0; i < slots; i++)
      state[i] =
        ((packed[offset + (word[i] as number)] as number) >>> (shift[i] as number)) &
        (mask[i] as number);
    for (const { slot, unused } of this.signed)
      state[slot] = ((state[slot] as number) << unused) >> unused;
  }
}
