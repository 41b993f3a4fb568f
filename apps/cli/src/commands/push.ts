/** `lastref push`: stores a program with the service, from a file or a scenario that comes with Lastref. */
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { compiledAll, isFile, resolveProgram } from '../programs/resolve-program.js';
import { ok } from '../outcome.js';
import { Client } from '../service/client.js';
import { pushPrograms } from '../service/push-programs.js';
import { serviceUrl } from '../service/service-url.js';
import { table } from '../text/table.js';

export interface PushOptions {
  readonly url?: string | undefined;
}

export async function push(reference: string, options: PushOptions, io: Io): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const programs = isFile(reference) ? await fromFile(reference) : compiledAll(reference);
  if (!programs.ok) return programs.refusal;
  const stored = await pushPrograms(new Client(url.value, io.signal), programs.value);
  if (!stored.ok) return stored.refusal;
  const text = table(stored.value.map(({ digest, address, title }) => [digest, address, title]));
  return answer(EXIT.ok, { programs: stored.value }, text);
}

async function fromFile(path: string): Promise<ReturnType<typeof compiledAll>> {
  const program = await resolveProgram(path);
  return program.ok ? ok([program.value]) : program;
}
