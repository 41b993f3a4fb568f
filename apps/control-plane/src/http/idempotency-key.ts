/**
 * The Idempotency-Key header of a creating request: `@IdempotencyKey() key`. Absent means none; a key
 * that is not 1 to 200 printable ASCII characters is refused.
 */
import { MAX_IDEMPOTENCY_KEY } from '@lastref/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from './problem.js';

const FORM = new RegExp(`^[\\x20-\\x7e]{1,${MAX_IDEMPOTENCY_KEY}}$`);

export const IdempotencyKey = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string | undefined => {
    const key = context.switchToHttp().getRequest<Request>().headers['idempotency-key'];
    if (key === undefined) return undefined;
    if (typeof key === 'string' && FORM.test(key)) return key;
    throw new Problem(
      'invalid-request',
      `the header Idempotency-Key must be 1 to ${MAX_IDEMPOTENCY_KEY} printable ASCII characters`,
    );
  },
);
