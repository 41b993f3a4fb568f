/**
 * Reads the body of a request that may have one, before anything parses it: at most MAX_BODY_BYTES,
 * counted as they arrive and refused by Content-Length before they do. Then strict JSON. An empty body
 * is no body. A body too large closes the connection, since the rest of it is not read.
 */
import { MAX_BODY_BYTES, MAX_JSON_DEPTH } from '@lastref/contracts';
import type { NextFunction, Request, Response } from 'express';
import { readStrictJson } from '../json/strict-json.js';
import { Problem } from './problem.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function readBody(request: Request, _response: Response, next: NextFunction): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') {
    next();
    return;
  }
  void receive(request).then(
    (bytes) => {
      const problem = parseInto(request, bytes);
      next(problem);
    },
    (error: unknown) => {
      next(error);
    },
  );
}

function parseInto(request: Request, bytes: Buffer): Problem | undefined {
  if (bytes.length === 0) {
    request.body = undefined;
    return undefined;
  }
  const text = decode(bytes);
  if (text === undefined) return new Problem('invalid-json', 'the body is not UTF-8');
  const result = readStrictJson(text, MAX_JSON_DEPTH);
  if (!result.ok) {
    const { pointer, message } = result;
    const where = pointer === '' ? '' : ` at ${pointer}`;
    return new Problem('invalid-json', `the body ${message}${where}`, {
      errors: [{ pointer, message }],
    });
  }
  request.body = result.value;
  return undefined;
}

function decode(bytes: Buffer): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function receive(request: Request): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = (): void => {
      request.removeAllListeners('data');
      request.pause();
      reject(tooLarge());
    };
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
      refuse();
      return;
    }
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) refuse();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      resolve(Buffer.concat(chunks, size));
    });
    request.on('error', reject);
    request.on('aborted', () => {
      reject(new Problem('invalid-request', 'the request ended before its body did'));
    });
  });
}

function tooLarge(): Problem {
  return new Problem('body-too-large', `a body may have at most ${MAX_BODY_BYTES} bytes`, {
    headers: { connection: 'close' },
  });
}
