/**
 * The service's HTTP interface as the command line uses it: JSON in, JSON out, checked against the contract. A service
 * that cannot be reached or fails is the environment's fault; what it refuses is the caller's.
 */
import { problemSchema } from '@lastref/contracts';
import type { z } from 'zod';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { REQUEST_TIMEOUT_MS } from '../limits.js';
import { INTERRUPTED, ok, refusal, refused, type Result } from '../outcome.js';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly accept?: string;
}

const TOO_MANY_REQUESTS = 429;
const SERVER_ERRORS = 500;

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

export class Client {
  private warned = false;

  constructor(
    readonly url: string,
    private readonly io: Pick<Io, 'signal' | 'token' | 'note'>,
  ) {}

  async json<T>(schema: z.ZodType<T>, request: Request): Promise<Result<T>> {
    const response = await this.send(request, AbortSignal.timeout(REQUEST_TIMEOUT_MS));
    if (!response.ok) return response;
    const body = await readJson(response.value);
    const parsed = schema.safeParse(body);
    if (parsed.success) return ok(parsed.data);
    const [issue] = parsed.error.issues;
    const where = issue === undefined ? '' : `: /${issue.path.join('/')} ${issue.message}`;
    return refused(
      EXIT.environment,
      `${this.url} answers ${request.path} in a form this version does not know${where}`,
    );
  }

  /** A response whose body is read by the caller, for as long as it takes. */
  async stream(request: Request): Promise<Result<Response>> {
    return this.send(request, undefined);
  }

  private warnOfPlainHttp(): void {
    const { protocol, hostname } = new URL(this.url);
    if (this.warned || protocol === 'https:' || LOOPBACK.test(hostname)) return;
    this.warned = true;
    this.io.note(`the access token goes to ${hostname} unencrypted: use https`);
  }

  private async send(
    request: Request,
    timeout: AbortSignal | undefined,
  ): Promise<Result<Response>> {
    const { method, path, body, idempotencyKey, accept = 'application/json' } = request;
    const { signal } = this.io;
    const token = this.io.token();
    if (!token.ok) return token;
    if (token.value !== undefined) this.warnOfPlainHttp();
    try {
      const response = await fetch(`${this.url}/api/v1${path}`, {
        method,
        headers: {
          accept,
          ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
          ...(token.value === undefined ? {} : { authorization: `Bearer ${token.value}` }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.any(timeout === undefined ? [signal] : [signal, timeout]),
      });
      return response.ok ? ok(response) : await problem(response, path);
    } catch (error) {
      if (signal.aborted) return { ok: false, refusal: INTERRUPTED };
      return refused(
        EXIT.environment,
        `no service answers at ${this.url} (${reason(error)}); start it with npm start, or name it with --url`,
      );
    }
  }
}

async function problem(response: Response, path: string): Promise<Result<never>> {
  const { status } = response;
  const parsed = problemSchema.safeParse(await readJson(response));
  const detail = parsed.success
    ? [`${parsed.data.title}: ${parsed.data.detail}`, ...(parsed.data.errors ?? []).map(errorLine)]
    : [`it answers ${path} with status ${status}`];
  const exit =
    status >= SERVER_ERRORS || status === TOO_MANY_REQUESTS ? EXIT.environment : EXIT.usage;
  const because = refusal(exit, `the service refuses: ${detail.join('\n')}`);
  return { ok: false, refusal: parsed.success ? { ...because, slug: parsed.data.slug } : because };
}

const errorLine = ({
  pointer,
  message,
  nearest,
}: {
  pointer: string;
  message: string;
  nearest?: string | undefined;
}): string =>
  `  ${pointer}: ${message}${nearest === undefined ? '' : ` (did you mean ${nearest}?)`}`;

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
