/** Breakpoints. A failure always stops, so that there are no exceptions to choose from. */
import { z } from 'zod';
import { breakAtFunctions, breakAtLines } from '../breakpoints.js';
import { request, type DapRequest } from '../request.js';

/** Most breakpoints of one request. */
const MOST = 1_000;

const sourceSchema = z.object({
  path: z.string().optional(),
  sourceReference: z.int().min(0).optional(),
});

const linesSchema = z.object({
  source: sourceSchema,
  breakpoints: z
    .array(z.object({ line: z.int() }))
    .max(MOST)
    .default([]),
});

const functionsSchema = z.object({
  breakpoints: z.array(z.object({ name: z.string() })).max(MOST),
});

export const BREAKING: Readonly<Record<string, DapRequest>> = {
  setBreakpoints: request({ from: 'launched' }, linesSchema, (words, conversation) => {
    const { debuggee, counting } = conversation;
    const lines = words.breakpoints.map(({ line }) => counting.lineOfClient(line));
    const breakpoints = breakAtLines(debuggee, words.source, lines).map(({ line, ...laid }) => ({
      ...laid,
      ...(line === undefined ? {} : { line: counting.line(line) }),
    }));
    return { ok: true, body: { breakpoints } };
  }),
  setFunctionBreakpoints: request({ from: 'launched' }, functionsSchema, (words, { debuggee }) => {
    const names = words.breakpoints.map(({ name }) => name);
    return { ok: true, body: { breakpoints: breakAtFunctions(debuggee, names) } };
  }),
  setExceptionBreakpoints: request({ from: 'launched' }, z.unknown(), () => ({ ok: true })),
};
