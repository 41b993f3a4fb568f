/** Where the service is: --url, else LASTREF_URL, else the address it has unless told otherwise. */
import { EXIT } from '../exit-codes.js';
import { ok, refused, type Result } from '../outcome.js';

export const DEFAULT_URL = 'http://127.0.0.1:4747';

export function serviceUrl(
  option: string | undefined,
  environment: string | undefined,
): Result<string> {
  const [text, source] =
    option !== undefined ? [option, '--url'] : [environment ?? DEFAULT_URL, 'LASTREF_URL'];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    return refused(EXIT.usage, `${source} must be a URL such as ${DEFAULT_URL} (it is '${text}')`);
  return ok(url.origin);
}
