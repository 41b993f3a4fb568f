/**
 * Which errors mean that the database does not answer now, so that trying again may help.
 * Prisma wraps the driver's errors in codes of its own: P1xxx are about the connection.
 */
import { isTransient } from '@lastref/storage';

export function isUnavailable(error: unknown): boolean {
  if (isTransient(error)) return true;
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /^P1[0-9]{3}$/.test(code) || code === 'P2024';
}
