/**
 * Which failures of the database pass by themselves: a broken or refused connection, a server that
 * restarts, a lock or statement timeout, a deadlock. Everything else is a mistake and must be seen.
 */

const TRANSIENT_STATES = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  '53300', // too many connections
  '55P03', // lock timeout
  '57014', // statement timeout
  '57P01', // terminated by an administrator
  '57P02', // crash of another backend
  '57P03', // starting up or shutting down
]);
const TRANSIENT_ERRNOS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);
const CONNECTION_LOST = /connection (terminated|ended|error)|client has encountered a connection/i;

interface ErrorLike {
  message: string;
  code: string;
  errors: readonly unknown[];
}

/** Judged by its members: an error of another realm (Node's own inside Jest, a thread's) is no `Error` here. */
function errorLike(error: unknown): ErrorLike | undefined {
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  return {
    message: String(error.message),
    code: 'code' in error && typeof error.code === 'string' ? error.code : '',
    errors: 'errors' in error && Array.isArray(error.errors) ? error.errors : [],
  };
}

export function isTransient(error: unknown): boolean {
  const { message, code, errors } = errorLike(error) ?? { message: '', code: '', errors: [] };
  return (
    TRANSIENT_STATES.has(code) ||
    TRANSIENT_ERRNOS.has(code) ||
    code.startsWith('08') ||
    CONNECTION_LOST.test(message) ||
    errors.some(isTransient)
  );
}
