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

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

export function isTransient(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isTransient);
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  return (
    TRANSIENT_STATES.has(code) ||
    TRANSIENT_ERRNOS.has(code) ||
    code.startsWith('08') ||
    CONNECTION_LOST.test(error.message)
  );
}
