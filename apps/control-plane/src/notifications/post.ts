/**
 * Posts one body to an endpoint. Only 2xx means taken. Redirects are not followed, so a message goes where an administrator
 * said and nowhere else; the answer's body is not read, so nothing of the network behind the service comes back through it.
 */
import { POST_TIMEOUT_MS } from './limits.js';

export type Posted = { ok: true } | { ok: false; message: string; atLeastMs: number };

export interface Parcel {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export async function post(
  { url, headers, body }: Parcel,
  stopping: AbortSignal,
  timeoutMs = POST_TIMEOUT_MS,
): Promise<Posted> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', 'user-agent': 'lastref', ...headers },
      body,
      signal: AbortSignal.any([stopping, timeout]),
    });
    await response.body?.cancel();
    return response.ok ? { ok: true } : refused(response);
  } catch (error) {
    const message = timeout.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error);
    return { ok: false, message, atLeastMs: 0 };
  }
}

function refused({ status, headers }: Response): Posted {
  const redirect = status >= 300 && status < 400 ? '; redirects are not followed' : '';
  const seconds = Number(headers.get('retry-after') ?? '0');
  const atLeastMs = Number.isSafeInteger(seconds) && seconds > 0 ? seconds * 1_000 : 0;
  return { ok: false, message: `it answered ${status}${redirect}`, atLeastMs };
}

/** Judged by its members: an error of Node's own inside Jest is no `Error` there. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as { cause?: { message?: unknown }; message?: unknown };
  const reason = cause?.message ?? message;
  return typeof reason === 'string' && reason !== '' ? reason : 'the connection failed';
}
