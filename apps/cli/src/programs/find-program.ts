/**
 * The program that a token or a certificate names by its digest, or by the beginning of it: the given file, one that comes
 * with Lastref, or one that a service keeps, asked only if it is named. A kept program may be an older one of its address;
 * it is used as it is, and the note says so.
 */
import { programSchema } from '@lastref/contracts';
import { addressOf, parseProgram, programDigest, type Program } from '@lastref/kernel';
import { catalogue } from '@lastref/scenarios';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { ok, refused, type Result } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { readProgramFile } from './read-program-file.js';
import { compiled, type NamedProgram } from './resolve-program.js';

export interface Sources {
  /** A program file. */
  readonly program?: string | undefined;
  readonly url?: string | undefined;
}

/** What asking a service takes. */
export type FindIo = Pick<Io, 'signal' | 'token' | 'note' | 'serviceUrl'>;

export interface FoundProgram extends NamedProgram {
  /** That its address means another program now; undefined if it does not. */
  readonly note?: string | undefined;
}

export async function findProgram(
  name: string,
  { program, url }: Sources,
  io: FindIo,
): Promise<Result<FoundProgram>> {
  if (program !== undefined) return fromFile(name, program);
  const builtIn = builtInNamed(name);
  if (builtIn !== undefined) return ok(builtIn);
  if (url !== undefined) return fromService(name, url, io);
  return refused(
    EXIT.usage,
    `no scenario of this version compiles to program ${name}; give its file by --program, or by --url a service that keeps it`,
  );
}

async function fromFile(name: string, path: string): Promise<Result<FoundProgram>> {
  const read = await readProgramFile(path);
  if (!read.ok) return read;
  const digest = programDigest(read.value);
  if (digest.startsWith(name)) return ok(kept(read.value, path));
  return refused(EXIT.usage, `${path} is program ${digest}, and ${name} is asked for`);
}

/** Digests of the programs that come with Lastref, by address, as far as they were compiled. */
const digests = new Map<string, string>();

function builtInNamed(name: string): NamedProgram | undefined {
  for (const entry of catalogue()) {
    const address = `${entry.scenario}/${entry.variant}/${entry.case}`;
    if (digests.get(address)?.startsWith(name) === false) continue;
    const one = compiled(address);
    if (!one.ok) continue;
    digests.set(address, one.value.digest);
    if (one.value.digest.startsWith(name)) return one.value;
  }
  return undefined;
}

async function fromService(
  name: string,
  option: string,
  io: FindIo,
): Promise<Result<FoundProgram>> {
  const url = serviceUrl(option, io.serviceUrl);
  if (!url.ok) return url;
  const request = { method: 'GET', path: `/programs/${name}` } as const;
  const answered = await new Client(url.value, io).json(programSchema, request);
  if (!answered.ok) return answered;
  const parsed = parseProgram(answered.value.program);
  if (parsed.ok && programDigest(parsed.program).startsWith(name))
    return ok(kept(parsed.program, answered.value.digest));
  return refused(
    EXIT.environment,
    `${url.value} keeps a program ${name} that this version does not run`,
  );
}

function kept(program: Program, reference: string): FoundProgram {
  const address = addressOf(program);
  const digest = programDigest(program);
  const now = catalogue().some((one) => address === `${one.scenario}/${one.variant}/${one.case}`)
    ? compiled(address)
    : undefined;
  const changed = now?.ok === true && now.value.digest !== digest;
  const note = changed
    ? `${address} has changed since: it is program ${now.value.digest} now; this is program ${digest}, as it was kept`
    : undefined;
  return { program, address, digest, reference, note };
}
