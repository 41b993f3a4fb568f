/**
 * An access token: how it is made, what of it is stored, and how one that was sent is compared with what is stored. 256 random
 * bits need no slow hash: nobody guesses them.
 */
import { TOKEN_PREFIX } from '@lastref/contracts';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { TOKEN_BYTES } from '../limits.js';

export interface StoredForm {
  prefix: string;
  digest: string;
}

export const newToken = (): string => `lrt_${randomBytes(TOKEN_BYTES).toString('base64url')}`;

export function storedForm(token: string): StoredForm {
  return { prefix: token.slice(0, TOKEN_PREFIX), digest: digestOf(token).toString('hex') };
}

/** Takes the same time wherever the two differ. */
export function isToken(token: string, digest: string): boolean {
  return timingSafeEqual(digestOf(token), Buffer.from(digest, 'hex'));
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
