/** What a token names: a program, by its digest or the beginning of it, and one run of it. */
export type RunName =
  { program: string; strategy: string; seed: number } | { program: string; schedule: string };

export type TokenResult = { ok: true; run: RunName } | { ok: false; message: string };

/** Hexadecimal digits of a digest that name a program. */
export const PROGRAM_DIGITS = 32;

export function refuse(reason: string): TokenResult {
  return { ok: false, message: `not a replay token: it ${reason}` };
}
