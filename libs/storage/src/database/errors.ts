/**
 * Which failures of the database pass by themselves: a broken or refused connection, a server that
 * restarts or answers nothing, a lock or statement timeout, a deadlock, a disk that is full. Everything else is a mistake and must be seen. Prisma's client wraps
 * the driver's error in one of its own, whose code says no more than that a connection or a transaction failed.
 */

const TRANSIENT_STATES = new Set([
  '25P03', // idle in transaction for too long
  '40001', // serialization failure
  '40P01', // deadlock
  '53100', // disk full
  '53200', // out of memory
  '53300', // too many connections
  '55P03', // lock timeout
  '57014', // statement timeout
  '57P01', // terminated by an administrator
  '57P02', // crash of another backend
  '57P03', // starting up or shutting down
  '58030', // the disk cannot be read or written
]);
const TRANSIENT_ERRNOS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);
/** Of Prisma: P1xxx are about the connection, the others about its pool and its transactions. */
const PRISMA_TRANSIENT = /^(?:P1[0-9]{3}|P2024|P2028|P2034)$/;
const CONNECTION_LOST =
  /connection (terminated|ended|error)|client has encountered a connection|query read timeout|timeout exceeded when trying to connect/i;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const member = (value: unknown, name: string): unknown =>
  isObject(value) && name in value ? (value as Record<string, unknown>)[name] : undefined;

/** The code of the server under an error of Prisma's client. */
const serverCode = (error: unknown): unknown =>
  member(member(member(member(error, 'meta'), 'driverAdapterError'), 'cause'), 'originalCode');

function hasTransientCode(code: unknown): boolean {
  if (typeof code !== 'string') return false;
  if (TRANSIENT_STATES.has(code) || TRANSIENT_ERRNOS.has(code)) return true;
  return code.startsWith('08') || PRISMA_TRANSIENT.test(code);
}

/** Judged by its members: an error of another realm (Node's own inside Jest, a thread's) is no `Error` here. */
export function isTransient(error: unknown): boolean {
  const [message, errors] = [member(error, 'message'), member(error, 'errors')];
  return (
    hasTransientCode(member(error, 'code')) ||
    hasTransientCode(serverCode(error)) ||
    (typeof message === 'string' && CONNECTION_LOST.test(message)) ||
    (Array.isArray(errors) && errors.some(isTransient))
  );
}
