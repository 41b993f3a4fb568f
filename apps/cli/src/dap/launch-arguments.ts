/** The launch configuration of an editor: which run is debugged. What editors add of their own is left alone. */
import { parseToken } from '@lastref/contracts';
import { programDigest } from '@lastref/kernel';
import { z } from 'zod';
import { EXIT } from '../exit-codes.js';
import { ok, refused, type Result } from '../outcome.js';
import { resolveProgram } from '../programs/resolve-program.js';
import { resolveRun, type NamedRun } from '../programs/resolve-run.js';

const schema = z.object({
  program: z.string().min(1).optional(),
  token: z.string().min(1).optional(),
  schedule: z.string().optional(),
  seed: z.int().min(0).optional(),
  strategy: z.string().min(1).optional(),
  stopOnEntry: z.boolean().default(true),
});

export interface Launch {
  readonly run: NamedRun;
  readonly stopOnEntry: boolean;
}

export async function launchOf(json: unknown): Promise<Result<Launch>> {
  const parsed = schema.safeParse(json ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refused(EXIT.usage, `launch: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const { program, token, schedule, seed, strategy, stopOnEntry } = parsed.data;
  const words = { schedule, seed, strategy };
  if (token !== undefined && program !== undefined) return ofToken(token, program, parsed.data);
  const reference = token ?? program;
  if (reference === undefined)
    return refused(EXIT.usage, 'launch: program or token must name the run');
  const run = await resolveRun(reference, words);
  return run.ok ? ok({ run: run.value, stopOnEntry }) : run;
}

/** A token names its program by digest; a file or an address beside it says where to find that. */
async function ofToken(
  token: string,
  program: string,
  { schedule, seed, strategy, stopOnEntry }: z.infer<typeof schema>,
): Promise<Result<Launch>> {
  if (schedule !== undefined || seed !== undefined || strategy !== undefined)
    return refused(
      EXIT.usage,
      'launch: a token names its run alone, without schedule, seed or strategy',
    );
  const parsed = parseToken(token);
  if (!parsed.ok) return refused(EXIT.usage, `launch: ${parsed.message}`);
  const named = await resolveProgram(program);
  if (!named.ok) return named;
  const { program: digest, ...how } = parsed.run;
  if (programDigest(named.value.program) !== digest)
    return refused(EXIT.usage, `launch: the token is of program ${digest}, not of ${program}`);
  return ok({ run: { named: named.value, how }, stopOnEntry });
}
