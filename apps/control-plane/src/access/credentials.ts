/**
 * How a token stands in a request. `Authorization: Bearer` is the way of programs; `Basic`, with the token as the password and any
 * name, is that of browsers, which ask for it by themselves.
 */
import { ACCESS_TOKEN } from '@lastref/contracts';

/** Undefined if the request has no credentials, null if they are in no form that could be valid. */
export function tokenOf(authorization: string | undefined): string | null | undefined {
  if (authorization === undefined) return undefined;
  const [scheme = '', rest = '', ...more] = authorization.split(' ');
  if (more.length > 0) return null;
  const isBasic = scheme.toLowerCase() === 'basic';
  if (!isBasic && scheme.toLowerCase() !== 'bearer') return null;
  const token = isBasic ? passwordOf(rest) : rest;
  return ACCESS_TOKEN.test(token) ? token : null;
}

function passwordOf(encoded: string): string {
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  return decoded.slice(decoded.indexOf(':') + 1);
}
