/**
 * How failing seeds add up (semantics section 6): each (seed, signature) is mixed to 128 bits in four lanes, and lanes are summed
 * modulo 2^32: merging is adding, so shard boundaries and order cannot matter, while a shard counted twice or dropped shows.
 */
import { cell, fmix32, sha256Hex } from '@lastref/kernel';

const { floor, imul } = Math;

export type Lanes = [number, number, number, number];

/** The four words of a signature that its seeds are mixed with. */
export function laneKeys(signature: string): Lanes {
  const hex = sha256Hex(signature);
  const word = (i: number): number => parseInt(hex.slice(i * 8, i * 8 + 8), 16);
  return [word(0), word(1), word(2), word(3)];
}

/** Adds one failing seed to the lanes. */
export function addSeed(lanes: Lanes, keys: Lanes, seed: number): void {
  const high = imul(floor(seed / 0x1_0000_0000), 0x9e3779b1);
  const low = seed | 0;
  lanes[0] = (lanes[0] + fmix32(fmix32(low ^ keys[0]) ^ (high + keys[1]))) >>> 0;
  lanes[1] = (lanes[1] + fmix32(fmix32(low ^ keys[1]) ^ (high + keys[2]))) >>> 0;
  lanes[2] = (lanes[2] + fmix32(fmix32(low ^ keys[2]) ^ (high + keys[3]))) >>> 0;
  lanes[3] = (lanes[3] + fmix32(fmix32(low ^ keys[3]) ^ (high + keys[0]))) >>> 0;
}

/** As addSeed, in place and without a number that does not fit a word: for loops over many seeds. */
export function addSeedTo(sums: Int32Array, keys: Int32Array, seed: number): void {
  const high = imul(floor(seed / 0x1_0000_0000), 0x9e3779b1);
  const low = seed | 0;
  const k0 = cell(keys, 0);
  const k1 = cell(keys, 1);
  const k2 = cell(keys, 2);
  const k3 = cell(keys, 3);
  sums[0] = cell(sums, 0) + (fmix32(fmix32(low ^ k0) ^ (high + k1)) | 0);
  sums[1] = cell(sums, 1) + (fmix32(fmix32(low ^ k1) ^ (high + k2)) | 0);
  sums[2] = cell(sums, 2) + (fmix32(fmix32(low ^ k2) ^ (high + k3)) | 0);
  sums[3] = cell(sums, 3) + (fmix32(fmix32(low ^ k3) ^ (high + k0)) | 0);
}

export const addLanes = (a: Lanes, b: Lanes): Lanes => [
  (a[0] + b[0]) >>> 0,
  (a[1] + b[1]) >>> 0,
  (a[2] + b[2]) >>> 0,
  (a[3] + b[3]) >>> 0,
];
