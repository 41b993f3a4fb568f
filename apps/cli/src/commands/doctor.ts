/**
 * `lastref doctor`: what is wrong with an installation. The service tells of its servers and its work; where it is on this machine,
 * the clone's own look at the machine is added. A service that does not answer is a finding, not a refusal.
 */
import { checksSchema, type Check } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome, type Result } from '../outcome.js';
import { Client } from '../service/client.js';
import { lookAtMachine } from '../service/machine.js';
import { serviceUrl } from '../service/service-url.js';
import { checksText } from '../text/checks-text.js';

export interface DoctorOptions {
  readonly url?: string;
  /** Look at this machine too. */
  readonly machine: boolean;
}

/** The major version of the API that this command line speaks. */
const API_MAJOR = '1';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

export async function doctor(options: DoctorOptions, io: Io): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const here = LOOPBACK.has(new URL(url.value).hostname);
  const [service, machine] = await Promise.all([
    askService(url.value, io),
    options.machine && here ? lookAtMachine(io.signal) : [],
  ]);
  if (!service.ok) return service.refusal;
  const checks = [...service.value, ...machine];
  const exit = checks.some(({ state }) => state === 'fault') ? EXIT.failed : EXIT.ok;
  return answer(exit, { url: url.value, checks }, checksText(url.value, checks));
}

async function askService(url: string, io: Io): Promise<Result<readonly Check[]>> {
  const client = new Client(url, io);
  const found = await client.json(checksSchema, { method: 'GET', path: '/health/checks' });
  if (found.ok) {
    const { version, checks } = found.value;
    return { ok: true, value: [versionCheck(url, version), ...checks] };
  }
  const { exit, message } = found.refusal;
  if (exit === EXIT.interrupted) return found;
  return { ok: true, value: [unanswered(message, exit === EXIT.usage)] };
}

function versionCheck(url: string, version: string): Check {
  const found = `${url} answers, API ${version}`;
  if (version.split('.')[0] === API_MAJOR) return { name: 'service', state: 'ok', found };
  const advice = `This command speaks version ${API_MAJOR}: use the clone that the service runs from.`;
  return { name: 'service', state: 'fault', found, advice };
}

/** `refuses`: something answers, and it does not let itself be asked. */
function unanswered(message: string, refuses: boolean): Check {
  const advice = refuses
    ? 'It may be older than this command, or want a token: update it, or see docs/operations.md.'
    : 'Start it (npm start), or name it with --url or LASTREF_URL.';
  return { name: 'service', state: 'fault', found: message, advice };
}
