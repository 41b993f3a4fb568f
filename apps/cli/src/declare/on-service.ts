/** What commands that ask a running service share: where it is, and how something of it is named by its number. */
import { integer } from '../options.js';
import type { CommonFlags } from './context.js';

export type ServiceFlags = CommonFlags & { url?: string };

export const URL_FLAG = [
  '--url <url>',
  'the service (default: $LASTREF_URL, else http://127.0.0.1:4747)',
] as const;

/** The argument of a command about one of these. */
export const numberOf = (what: string) =>
  ['<id>', `the number of the ${what}`, integer(1, Number.MAX_SAFE_INTEGER)] as const;
