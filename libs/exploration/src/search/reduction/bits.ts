/** Sets of resources as words: reads in the first half, writes in the second. */
import { cell } from '@lastref/kernel';

export type Bits = Int32Array;

/** @param half offset of the half the bit goes into */
export function setBit(bits: Bits, number: number, half: number): void {
  if (number < 0) return;
  const word = half + (number >> 5);
  bits[word] = cell(bits, word) | (1 << (number & 31));
}

/** Adds what is in `more`. */
export function unite(bits: Bits, more: Bits): void {
  for (let i = 0; i < bits.length; i++) bits[i] = cell(bits, i) | cell(more, i);
}

/** Whether the resource is read or written. */
export function touches(bits: Bits, number: number): boolean {
  if (number < 0) return false;
  const word = number >> 5;
  const both = cell(bits, word) | cell(bits, word + (bits.length >> 1));
  return (both & (1 << (number & 31))) !== 0;
}

/** Whether the resource is written. */
export function writes(bits: Bits, number: number): boolean {
  if (number < 0) return false;
  return (cell(bits, (bits.length >> 1) + (number >> 5)) & (1 << (number & 31))) !== 0;
}

/** Whether one writes what the other reads or writes. */
export function conflict(a: Bits, b: Bits): boolean {
  const words = a.length >> 1;
  for (let i = 0; i < words; i++) {
    const aWrites = cell(a, words + i);
    const bWrites = cell(b, words + i);
    if (((aWrites & (cell(b, i) | bWrites)) | (cell(a, i) & bWrites)) !== 0) return true;
  }
  return false;
}
