/**
 * Which errors mean that the database does not answer now, so that trying again may help.
 * Prisma wraps the driver's errors in codes of its own: P1xxx are about the connection.
 */
import { isTransient } from '@lastref/storage';

export function isUnavailable(error: unknown): boolean {
  if (isTransient(error)) return true;
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return typeof error.code === 'string' && /^(?:P1[0-9]{3}|P2024)$/.test(error.code);
}
