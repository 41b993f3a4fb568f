/** `lastref push`: stores a program with the service, from a file or a scenario that comes with Lastref. */
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, ok, type Outcome } from '../outcome.js';
import {
  brokenLine,
  compiledCases,
  isFile,
  resolveProgram,
  splitCases,
} from '../programs/resolve-program.js';
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
  const cases = isFile(reference) ? await fromFile(reference) : compiledCases(reference);
  if (!cases.ok) return cases.refusal;
  const { programs, broken } = splitCases(cases.value);
  const stored = await pushPrograms(new Client(url.value, io), programs);
  if (!stored.ok) return stored.refusal;
  const text = table(stored.value.map(({ digest, address, title }) => [digest, address, title]));
  const exit = broken.length === 0 ? EXIT.ok : EXIT.failed;
  const errors = broken.map((one) => `${brokenLine(one)}\n`).join('');
  return answer(exit, { programs: stored.value, broken }, text + errors);
}

async function fromFile(path: string): Promise<ReturnType<typeof compiledCases>> {
  const result = await resolveProgram(path);
  return result.ok ? ok([{ address: result.value.address, result }]) : result;
}
