/**
 * Every bug that was found in the scenarios that come with Lastref, as data: a token per bug, and the program it is of. A program
 * is kept as it was (canonical JSON, compressed), so that a bug replays for ever although its scenario changes. Entries are
 * added, never changed or removed.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parseProgram, programDigest, programJson, type Program } from '@lastref/kernel';
import { z } from 'zod';

const bugSchema = z.strictObject({
  address: z.string(),
  signature: z.string(),
  /** events/preemptions/switches/steps of the run. */
  cost: z.string(),
  trace: z.string(),
  token: z.string(),
});

export type KeptBug = z.infer<typeof bugSchema>;

const BUGS = join(__dirname, 'bugs.json');

const pathOf = (digest: string): string =>
  join(__dirname, 'programs', `${digest.slice(0, 32)}.json.gz`);

export const keptBugs = (): KeptBug[] =>
  z.array(bugSchema).parse(JSON.parse(readFileSync(BUGS, 'utf8')));

export function keepBugs(bugs: readonly KeptBug[]): void {
  const sorted = bugs.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  writeFileSync(BUGS, `${JSON.stringify(sorted, null, 2)}\n`);
}

/** One bug of one program is kept once. */
export const keyOf = ({ address, signature, token }: KeptBug): string =>
  [address, signature, token].join(' ');

export function keepProgram(program: Program): void {
  const path = pathOf(programDigest(program));
  if (!existsSync(path)) writeFileSync(path, gzipSync(programJson(program), { level: 9 }));
}

/** @param name the digest, or its first 32 digits, as tokens have it */
export function keptProgram(name: string): Program {
  const json: unknown = JSON.parse(gunzipSync(readFileSync(pathOf(name))).toString('utf8'));
  const parsed = parseProgram(json);
  if (!parsed.ok) throw new Error(`${name}: ${parsed.errors[0]?.message ?? ''}`);
  return parsed.program;
}
