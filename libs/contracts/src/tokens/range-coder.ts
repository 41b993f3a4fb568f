/**
 * Arithmetic coding of bits under odds that learn, in whole numbers only, so that every machine writes the same bytes. What is
 * expected costs next to nothing. One model runs both ways: it passes the bit while writing, and is told it while reading.
 */

/** How often a bit was 0 and 1 here; old counts fade. */
export interface Odds {
  zeros: number;
  ones: number;
}

export interface BitCoder {
  /** @param bit what to write; a reader pays no attention to it. @returns the bit */
  code(odds: Odds, bit: boolean): boolean;
}

const TOP = 2 ** 24;
const ODDS = 4096;
const FADES_AT = 255;

function partOf(range: number, { zeros, ones }: Odds): number {
  const odds = Math.floor((ODDS * ones) / (zeros + ones));
  return (range >>> 12) * Math.min(ODDS - 1, Math.max(1, odds));
}

function learn(odds: Odds, bit: boolean): void {
  if (bit) odds.ones += 2;
  else odds.zeros += 2;
  if (odds.zeros + odds.ones <= FADES_AT) return;
  odds.zeros = (odds.zeros + 1) >> 1;
  odds.ones = (odds.ones + 1) >> 1;
}

export class BitWriter implements BitCoder {
  private low = 0;
  private range = 2 ** 32 - 1;
  private readonly bytes: number[] = [];

  code(odds: Odds, bit: boolean): boolean {
    const part = partOf(this.range, odds);
    if (bit) this.range = part;
    else {
      this.low += part;
      this.range -= part;
    }
    learn(odds, bit);
    while (this.range < TOP) {
      this.shift();
      this.range = (this.range * 256) >>> 0;
    }
    return bit;
  }

  /** The shortest bytes that a reader, for whom nothing but zeros follows, takes for what was written. */
  end(): Uint8Array {
    const above = this.low + this.range - 1;
    for (let bits = 24; bits >= 0; bits -= 8) {
      const rounded = Math.ceil(this.low / 2 ** bits) * 2 ** bits;
      if (rounded > above) continue;
      this.low = rounded;
      break;
    }
    for (let byte = 0; byte < 4; byte++) this.shift();
    while (this.bytes.at(-1) === 0) this.bytes.pop();
    return Uint8Array.from(this.bytes);
  }

  private shift(): void {
    if (this.low >= 2 ** 32) this.carry();
    this.bytes.push(Math.floor(this.low / TOP) & 0xff);
    this.low = (this.low % TOP) * 256;
  }

  private carry(): void {
    this.low -= 2 ** 32;
    let at = this.bytes.length - 1;
    while (at >= 0 && this.bytes[at] === 255) this.bytes[at--] = 0;
    if (at >= 0) this.bytes[at] = (this.bytes[at] ?? 0) + 1;
  }
}

export class BitReader implements BitCoder {
  private range = 2 ** 32 - 1;
  private value = 0;
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    for (let byte = 0; byte < 4; byte++) this.value = this.value * 256 + this.next();
  }

  code(odds: Odds): boolean {
    const part = partOf(this.range, odds);
    const bit = this.value < part;
    if (bit) this.range = part;
    else {
      this.value -= part;
      this.range -= part;
    }
    learn(odds, bit);
    while (this.range < TOP) {
      this.value = ((this.value * 256) >>> 0) + this.next();
      this.range = (this.range * 256) >>> 0;
    }
    return bit;
  }

  private next(): number {
    return this.bytes[this.at++] ?? 0;
  }
}
