/**
 * What a command amounts to, before anything is printed: an answer as text and as JSON, or a refusal whose message says
 * what to do. Commands return it, so that specs run them as functions.
 */
import { EXIT, type ExitCode } from './exit-codes.js';

export interface Answer {
  readonly kind: 'answer';
  readonly exit: ExitCode;
  readonly json: unknown;
  /** Ends with a line feed. */
  readonly text: string;
}

export interface Refusal {
  readonly kind: 'refusal';
  readonly exit: Exclude<ExitCode, 0>;
  readonly message: string;
  /** Of a problem that the service answered with. */
  readonly slug?: string | undefined;
}

export type Outcome = Answer | Refusal;

/** A value, or why there is none. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export const answer = (exit: ExitCode, json: unknown, text: string): Answer => ({
  kind: 'answer',
  exit,
  json,
  text: text.endsWith('\n') ? text : `${text}\n`,
});

export const refusal = (exit: Refusal['exit'], message: string): Refusal => ({
  kind: 'refusal',
  exit,
  message,
});

/** The refusal is about the one program, so that others can still be answered. */
export const isOfCase = ({ exit }: Refusal): boolean => exit === EXIT.failed || exit === EXIT.usage;

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const refused = (
  exit: Refusal['exit'],
  message: string,
): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: refusal(exit, message),
});

export const INTERRUPTED = refusal(EXIT.interrupted, 'interrupted');
