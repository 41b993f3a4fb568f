/**
 * From foreign JSON to a Program, or to a list of what is wrong with it. After this every index is in range, every
 * operand has the right kind, and the prologue runs to its end: the machine needs no further check.
 */
import type { z } from 'zod';
import { LIMITS } from '../limits.js';
import { Machine } from '../machine/machine.js';
import { BoundExceeded, GivenError } from '../operation/outcome.js';
import { nearest } from '../nearest.js';
import { tablesOf } from '../tables/compile.js';
import { Packer } from '../state/pack.js';
import { checkCode } from './check-code.js';
import { checkDeclarations } from './check-declarations.js';
import { checkInheritedKeys } from './inherited-keys.js';
import type { Program } from './program.js';
import { pointerOf, Problems, type ProgramProblem } from './problems.js';
import { programShape } from './shape.js';

export type ParsedProgram =
  | { readonly ok: true; readonly program: Program }
  | { readonly ok: false; readonly errors: readonly ProgramProblem[] };

export function parseProgram(json: unknown): ParsedProgram {
  const foreign = new Problems();
  checkInheritedKeys(json, foreign);
  if (foreign.list.length > 0) return { ok: false, errors: foreign.list };
  const parsed = programShape.safeParse(json);
  if (!parsed.success) {
    const errors = parsed.error.issues
      .flatMap((issue) => shapeProblems(issue, json))
      .slice(0, LIMITS.validationErrors);
    return { ok: false, errors };
  }
  const program: Program = parsed.data;
  const problems = new Problems();
  checkDeclarations(program, problems);
  if (problems.list.length === 0) checkCode(program, problems);
  if (problems.list.length === 0) checkStart(program, problems);
  return problems.list.length === 0 ? { ok: true, program } : { ok: false, errors: problems.list };
}

/** What the shape says is wrong, in words that name the offender. */
function shapeProblems(issue: z.core.$ZodIssue, json: unknown): ProgramProblem[] {
  const pointer = pointerOf(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      message: 'no such key here',
    }));
  const value = issue.path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    json,
  );
  if (issue.code !== 'invalid_value' || typeof value !== 'string')
    return [{ pointer, message: issue.message }];
  const near = nearest(value, issue.values.map(String));
  return [
    {
      pointer,
      message: `no such value: '${value.slice(0, LIMITS.nameLength)}'`,
      ...(near === undefined ? {} : { nearest: near }),
    },
  ];
}

/** Builds the machine once: sizes of the state, and a prologue that neither blocks, fails nor runs on. */
function checkStart(program: Program, problems: Problems): void {
  try {
    const tables = tablesOf(program);
    const slots = tables.layout.slots.length;
    problems.check(
      slots <= LIMITS.vectorSlots,
      [],
      `${slots} state slots; at most ${LIMITS.vectorSlots}`,
    );
    const { words } = new Packer(tables.layout);
    problems.check(
      words <= LIMITS.packedWords,
      [],
      `${words} words of packed state; at most ${LIMITS.packedWords}`,
    );
    const classes = tables.lockClasses.length;
    problems.check(
      classes <= LIMITS.lockClasses,
      ['types'],
      `${classes} lock classes; at most ${LIMITS.lockClasses}`,
    );
    if (problems.list.length === 0) new Machine(tables);
  } catch (error) {
    if (!(error instanceof GivenError) && !(error instanceof BoundExceeded)) throw error;
    problems.add(['given'], error.message);
  }
}
