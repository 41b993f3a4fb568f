/**
 * Tokens of format 2:
 *   lr2.<program>.<strategy, / written as ~>.<seed>.<check>
 *   lr2.<program>.<choices>.<check>
 * The program is the first 128 bits of its digest: enough that no two programs ever made have the same by chance, and none can
 * be made to a given one. Who finds two programs with that beginning must refuse. The check is a CRC-32 of all before it. A run
 * has one token, so what differs from what would be written for the run that is read is refused.
 */
import { seedSchema, strategySchema } from '../api/atoms.js';
import { fromBase64, toBase64 } from './base64.js';
import { checksum } from './checksum.js';
import { packChoices, unpackChoices } from './choices.js';
import { PROGRAM_DIGITS, refuse, type RunName, type TokenResult } from './run-name.js';

export const SECOND = 'lr2.';

const CHECK_LENGTH = 6;

export function formatSecond(run: RunName): string {
  const program = toBase64(bytesOf(run.program.slice(0, PROGRAM_DIGITS)));
  const what =
    'schedule' in run
      ? toBase64(packChoices(run.schedule))
      : `${run.strategy.replaceAll('/', '~')}.${run.seed}`;
  const checked = `${SECOND}${program}.${what}`;
  return `${checked}.${checkOf(checked)}`;
}

export function parseSecond(token: string): TokenResult {
  const end = token.lastIndexOf('.');
  const [checked, check] = [token.slice(0, end), token.slice(end + 1)];
  if (end < SECOND.length || check.length !== CHECK_LENGTH) return refuse('is cut off');
  if (check !== checkOf(checked)) return refuse('is cut off or altered: its checksum differs');
  const [program = '', ...what] = checked.slice(SECOND.length).split('.');
  const bytes = fromBase64(program);
  const run = bytes === null ? null : readRun(hexOf(bytes), what);
  // A checksum can be written by anybody.
  if (run === null || formatSecond(run) !== token) return refuse('names no run');
  return { ok: true, run };
}

function readRun(program: string, what: readonly string[]): RunName | null {
  const [first = '', seed, ...rest] = what;
  if (program.length !== PROGRAM_DIGITS || rest.length > 0) return null;
  if (seed === undefined) {
    const bytes = fromBase64(first);
    const schedule = bytes === null ? null : unpackChoices(bytes);
    return schedule === null ? null : { program, schedule };
  }
  const drawn = strategySchema.safeParse(first.replaceAll('~', '/'));
  const number = seedSchema.safeParse(Number(seed));
  return drawn.success && number.success
    ? { program, strategy: drawn.data, seed: number.data }
    : null;
}

const checkOf = (checked: string): string => {
  const sum = checksum(checked);
  return toBase64(Uint8Array.from([sum >>> 24, sum >>> 16, sum >>> 8, sum]));
};

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
