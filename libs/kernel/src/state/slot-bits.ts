/** How many bits a slot needs when packed: numbers that may be negative as two's complement. */
import type { SlotInfo } from './layout-types.js';

const { clz32 } = Math;

export const bitsFor = ({ min, max }: Pick<SlotInfo, 'min' | 'max'>): number =>
  min < 0 ? 33 - Math.min(clz32(max), clz32(-1 - min)) : 32 - clz32(max);
