// A password as PostgreSQL stores it (SCRAM-SHA-256, RFC 5803): computed here, so that no statement carries the password itself
// and none can stand in a log.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

const ITERATIONS = 4096;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** @param {string} password ASCII, which needs no preparation @returns {string} */
export function scramVerifier(password, salt = randomBytes(SALT_BYTES)) {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, KEY_BYTES, 'sha256');
  const keyed = (/** @type {string} */ name) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  const server = keyed('Server Key').toString('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${server}`;
}
