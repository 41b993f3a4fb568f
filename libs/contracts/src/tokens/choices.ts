/**
 * The choices of a schedule as few bytes. Each is compared with what followed the last time the two choices before it, or
 * else the one before it, were made; a task that goes on, and a fault point that is passed again and again, are foreseen and
 * cost a fraction of a bit. What is not foreseen is named by how long ago it was last chosen. No program is needed to write or
 * read: a schedule can be checked and shown by whoever has only its token, without executing anything. Knowing the enabled
 * tasks would save another one to seven characters of a minimal reproduction.
 */
import { MAX_SCHEDULE } from '../api/limits.js';
import { BitReader, BitWriter, type BitCoder, type Odds } from './range-coder.js';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const RANK_BITS = 6;
const LENGTH_BITS = 18;
const NOTHING = -1;

export function packChoices(schedule: string): Uint8Array {
  const writer = new BitWriter();
  codeChoices(
    writer,
    Array.from(schedule, (choice) => ALPHABET.indexOf(choice)),
  );
  return writer.end();
}

/** What packChoices wrote, or null for bytes that it never writes. */
export function unpackChoices(bytes: Uint8Array): string | null {
  const choices = codeChoices(new BitReader(bytes));
  if (choices === null) return null;
  const schedule = choices.map((choice) => ALPHABET.charAt(choice)).join('');
  const again = packChoices(schedule);
  const same = again.length === bytes.length && again.every((byte, i) => byte === bytes[i]);
  return same ? schedule : null;
}

/** Writes the choices that are given, or reads them; null if there are more than a schedule may have. */
function codeChoices(coder: BitCoder, given?: readonly number[]): number[] | null {
  const length = codeLength(coder, given?.length ?? 0);
  if (length > MAX_SCHEDULE) return null;
  const foresight = new Foresight();
  const choices: number[] = [];
  while (choices.length < length) {
    const choice = foresight.code(coder, given?.[choices.length] ?? 0);
    if (choice === null) return null;
    choices.push(choice);
  }
  return choices;
}

/** How many bits it has, then those below the first. */
function codeLength(coder: BitCoder, length: number): number {
  const even = (): Odds => ({ zeros: 1, ones: 1 });
  const size = (length + 1).toString(2).length - 1;
  let read = 0;
  while (read <= LENGTH_BITS && coder.code(even(), read < size)) read++;
  let value = 1;
  for (let bit = read - 1; bit >= 0; bit--)
    value = value * 2 + (coder.code(even(), ((length + 1) & (1 << bit)) !== 0) ? 1 : 0);
  return value - 1;
}

class Foresight {
  private before = 0;
  private last = 0;
  private readonly followed = new Map<number, number>();
  private readonly recent = Array.from(ALPHABET, (_, choice) => choice);
  /** Whether what was foreseen comes, by what it was foreseen from. */
  private readonly comes: readonly Odds[] = [0, 1, 2].map(() => ({ zeros: 1, ones: 7 }));
  private readonly ranks: readonly Odds[] = Array.from({ length: 1 << RANK_BITS }, () => ({
    zeros: 2,
    ones: 1,
  }));

  /** null if the bits name no choice. */
  code(coder: BitCoder, choice: number): number | null {
    const afterTwo = this.followed.get(this.pair()) ?? NOTHING;
    const afterOne = this.followed.get(this.last) ?? NOTHING;
    const [foreseen, from] =
      afterTwo !== NOTHING ? [afterTwo, 2] : afterOne !== NOTHING ? [afterOne, 1] : [this.last, 0];
    const comes = coder.code(this.comes[from] ?? { zeros: 1, ones: 1 }, choice === foreseen);
    const chosen = comes ? foreseen : this.other(coder, foreseen, choice);
    if (chosen === undefined) return null;
    this.followed.set(this.pair(), chosen).set(this.last, chosen);
    this.recent.unshift(...this.recent.splice(this.recent.indexOf(chosen), 1));
    [this.before, this.last] = [this.last, chosen];
    return chosen;
  }

  private pair(): number {
    return (this.before + 1) * ALPHABET.length + this.last;
  }

  private other(coder: BitCoder, foreseen: number, choice: number): number | undefined {
    const others = this.recent.filter((one) => one !== foreseen);
    const rank = others.indexOf(choice);
    let read = 1;
    for (let bit = RANK_BITS - 1; bit >= 0; bit--) {
      const odds = this.ranks[read] ?? { zeros: 1, ones: 1 };
      read = read * 2 + (coder.code(odds, (rank & (1 << bit)) !== 0) ? 1 : 0);
    }
    return others[read - (1 << RANK_BITS)];
  }
}
