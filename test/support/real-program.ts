/**
 * A real program for specs of the services: the buggy nbd, whose two openers and disconnect deadlock in
 * a good part of all runs.
 */
import { addressOf, type Program, programDigest, programJson } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { shrink } from '@lastref/shrinking';
import { type Database, storeProgram } from '@lastref/storage';

export function realProgram(): Program {
  return compileAddress('nbd/buggy/main');
}

/** One that hangs under about half of all seeds. */
export function hangingProgram(): Program {
  return compileAddress('nbd/fixed/stays-open');
}

/** One whose case names three milestones: three of their orders occur, and one of these fails. */
export function orderedProgram(): Program {
  return compileAddress('devmem/buggy/main');
}

/** A schedule that leads into a livelock. */
export function livelockedRun(): { program: Program; signature: string; schedule: string } {
  const program = compileAddress('nbd/fixed/server-dies-worker-stalled');
  const signature = 'livelock@nbd_genl_connect';
  const shrunk = shrink(program, signature);
  if (!shrunk.ok) throw new Error(shrunk.message);
  return { program, signature, schedule: shrunk.reproduction.schedule };
}

/** Its digest. */
export async function storeReal(db: Database, program: Program): Promise<string> {
  const { scenario, variant, case: caseName, title, format, semantics } = program;
  const digest = programDigest(program);
  await storeProgram(db, {
    digest,
    address: addressOf(program),
    scenario,
    variant,
    caseName,
    title,
    format,
    semantics,
    bytes: programJson(program),
  });
  return digest;
}
