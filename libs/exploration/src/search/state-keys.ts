/**
 * A digest of the states that a search has found, whatever their order: of each state four mixes of its words, summed modulo
 * 2^32. Two searches of one program with the same options have the same; it says that they saw the same states, and is no
 * proof against who wants to deceive.
 */
import { cell, fmix32, sha256Hex } from '@lastref/kernel';
import type { StateStore } from './state-store.js';

const { imul } = Math;
const KEYS = [0x243f6a89, 0x13198a2e, 0x299f31d0, 0x082efa99] as const;
const FACTOR = 0x85ebca6b;

/** 64 hexadecimal digits. */
export const stateKeys = (store: StateStore): string =>
  sha256Hex(`${store.count} ${KEYS.map((key) => lane(store, key)).join(' ')}`);

function lane({ data, words, count }: StateStore, key: number): number {
  let sum = 0;
  for (let state = 0, word = 0; state < count; state++) {
    let mixed = key;
    for (let i = 0; i < words; i++, word++) {
      mixed = imul(mixed ^ cell(data, word), FACTOR);
      mixed ^= mixed >>> 13;
    }
    sum = (sum + fmix32(mixed)) | 0;
  }
  return sum >>> 0;
}
