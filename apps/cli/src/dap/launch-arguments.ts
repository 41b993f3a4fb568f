/** The launch configuration of an editor: which run is debugged. What editors add of their own is left alone. */
import { isToken } from '@lastref/contracts';
import { z } from 'zod';
import { EXIT } from '../exit-codes.js';
import { ok, refused, type Result } from '../outcome.js';
import type { FindIo } from '../programs/find-program.js';
import { isFile, resolveProgram } from '../programs/resolve-program.js';
import { resolveRun, type NamedRun } from '../programs/resolve-run.js';

const schema = z.object({
  program: z.string().min(1).optional(),
  token: z.string().min(1).refine(isToken, 'is not a replay token').optional(),
  /** The service that keeps the program of the token. */
  url: z.string().min(1).optional(),
  schedule: z.string().optional(),
  seed: z.int().min(0).optional(),
  strategy: z.string().min(1).optional(),
  stopOnEntry: z.boolean().default(true),
});

export interface Launch {
  readonly run: NamedRun;
  readonly stopOnEntry: boolean;
}

export async function launchOf(json: unknown, io: FindIo): Promise<Result<Launch>> {
  const parsed = schema.safeParse(json ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refused(EXIT.usage, `launch: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const run = await runOf(parsed.data, io);
  return run.ok ? ok({ run: run.value, stopOnEntry: parsed.data.stopOnEntry }) : run;
}

function runOf(
  { program, token, url, schedule, seed, strategy }: z.infer<typeof schema>,
  io: FindIo,
): Promise<Result<NamedRun>> {
  const words = { schedule, seed, strategy };
  if (token === undefined && program === undefined)
    return Promise.resolve(refused(EXIT.usage, 'launch: program or token must name the run'));
  if (token === undefined) return resolveRun(program ?? '', words, io);
  if (program === undefined || isFile(program))
    return resolveRun(token, { ...words, program, url }, io);
  return ofAddress(token, program, words, io);
}

/** A token names its program by digest; an address beside it can only agree. */
async function ofAddress(
  token: string,
  address: string,
  words: object,
  io: FindIo,
): Promise<Result<NamedRun>> {
  const run = await resolveRun(token, words, io);
  if (!run.ok) return run;
  const named = await resolveProgram(address);
  if (!named.ok) return named;
  const { digest } = run.value.named;
  if (named.value.digest === digest) return run;
  return refused(EXIT.usage, `launch: the token is of program ${digest}, not of ${address}`);
}
