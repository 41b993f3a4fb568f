/**
 * The generator behind every seed: xoroshiro64** (Blackman and Vigna) in uint32 arithmetic, seeded
 * injectively from 53 bits by a four-round Feistel network over MurmurHash3's finaliser.
 * Frozen: a change of one bit would change what every stored seed means (docs/decisions/choices.md).
 */
const { floor, imul } = Math;
const GOLDEN = 0x9e3779b9;

/** MurmurHash3's 32-bit finaliser: a bijection of uint32. */
export function fmix32(value: number): number {
  let h = value | 0;
  h = imul(h ^ (h >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const SCRATCH = new Int32Array(2);

/**
 * The generators of consecutive seeds, as pairs s0, s1. Many at once take a third of the time of one after another.
 * @param from seeds from .. from + count - 1 are integers from 0 to 2^53-1
 * @param into at least 2 * count words
 */
export function seedRange(from: number, count: number, into: Int32Array): void {
  let high = floor(from / 0x1_0000_0000) | 0;
  let low = from | 0;
  for (let i = 0; i < count; i++) {
    const a = high ^ mix(low + GOLDEN);
    const b = low ^ mix(a + imul(2, GOLDEN));
    const c = a ^ mix(b + imul(3, GOLDEN));
    const d = b ^ mix(c + imul(4, GOLDEN));
    into[2 * i] = c === 0 && d === 0 ? GOLDEN : c;
    into[2 * i + 1] = d;
    low = (low + 1) | 0;
    if (low === 0) high++;
  }
}

/** fmix32 as a signed word. */
function mix(value: number): number {
  let h = value | 0;
  h = imul(h ^ (h >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

export class Xoroshiro {
  s0 = 1;
  s1 = 0;

  /** @param seed an integer from 0 to 2^53-1; no two give the same state. */
  seed(seed: number): void {
    seedRange(seed, 1, SCRATCH);
    this.s0 = SCRATCH[0] as number;
    this.s1 = SCRATCH[1] as number;
  }

  /** The next 32 bits, as an unsigned number. */
  next(): number {
    return this.bits() >>> 0;
  }

  /** Uniform over 0..n-1 as floor(x * n / 2^32), n at most 2^16, in two halves of x. With n = 1 nothing is drawn. */
  pick(n: number): number {
    if (n === 1) return 0;
    const x = this.bits();
    return (imul(x >>> 16, n) + (imul(x & 0xffff, n) >>> 16)) >>> 16;
  }

  /** The next 32 bits. */
  private bits(): number {
    const s0 = this.s0;
    const s1 = this.s1 ^ s0;
    const product = imul(s0, 0x9e3779bb);
    const result = imul((product << 5) | (product >>> 27), 5);
    this.s0 = ((s0 << 26) | (s0 >>> 6)) ^ s1 ^ (s1 << 9);
    this.s1 = (s1 << 13) | (s1 >>> 19);
    return result;
  }
}
