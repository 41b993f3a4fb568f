/**
 * Replay tokens: one printable word that names one run for ever, of characters that no shell and no URL changes. Written in
 * format 2, read in all. Parsing is strict and needs no program: what was never written is refused, with what is wrong.
 */
import { MAX_TOKEN } from '../api/limits.js';
import { FIRST, parseFirst } from './first-format.js';
import { refuse, type RunName, type TokenResult } from './run-name.js';
import { formatSecond, parseSecond, SECOND } from './second-format.js';

export { PROGRAM_DIGITS, type RunName, type TokenResult } from './run-name.js';

/** What no program file and no address looks like. */
export const isToken = (text: string): boolean => /^lr[0-9]+\./.test(text);

export const formatToken = (run: RunName): string => formatSecond(run);

export function parseToken(token: string): TokenResult {
  if (token.length > MAX_TOKEN) return refuse(`is longer than ${MAX_TOKEN} characters`);
  if (token.startsWith(SECOND)) return parseSecond(token);
  if (token.startsWith(FIRST)) return parseFirst(token);
  if (isToken(token))
    return refuse(`is of format ${token.slice(2, token.indexOf('.'))}; this version reads 1 and 2`);
  return refuse(`does not start with ${SECOND} or ${FIRST}`);
}
