/**
 * The one error that services and guards throw on purpose: a slug of the contract, a sentence that
 * says what to do, and pointers. The filter turns it into problem details; anything else that is
 * thrown is a fault of this program and becomes `internal`. What a request repeats in it is bounded here, once: the number of
 * errors and the length of every text.
 */
import { type ProblemDetails, type ProblemError, type ProblemSlug } from '@lastref/contracts';
import {
  MAX_PROBLEM_ERRORS,
  MAX_PROBLEM_TEXT,
  PROBLEMS,
  PROBLEM_TYPE_PREFIX,
} from '@lastref/contracts';
import { shorten } from './shown.js';

/** The errors of a program come from a thread with its own idea of length; those of a body from whoever sent it. */
function bounded({ pointer, message, nearest }: ProblemError): ProblemError {
  const error = {
    pointer: shorten(pointer, MAX_PROBLEM_TEXT),
    message: shorten(message, MAX_PROBLEM_TEXT),
  };
  return nearest === undefined ? error : { ...error, nearest: shorten(nearest, MAX_PROBLEM_TEXT) };
}

export interface ProblemOptions {
  errors?: ProblemError[];
  headers?: Record<string, string>;
}

export class Problem extends Error {
  readonly errors: readonly ProblemError[];
  readonly headers: Readonly<Record<string, string>>;

  readonly detail: string;

  constructor(
    readonly slug: ProblemSlug,
    detail: string,
    options: ProblemOptions = {},
  ) {
    const short = shorten(detail, MAX_PROBLEM_TEXT);
    super(short);
    this.name = 'Problem';
    this.detail = short;
    this.errors = (options.errors ?? []).slice(0, MAX_PROBLEM_ERRORS).map(bounded);
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return PROBLEMS[this.slug].status;
  }

  /** The body of the answer; `instance` is the id under which the request stands in the log. */
  details(instance: string): ProblemDetails {
    return {
      type: `${PROBLEM_TYPE_PREFIX}${this.slug}`,
      slug: this.slug,
      title: PROBLEMS[this.slug].title,
      status: this.status,
      detail: this.detail,
      instance,
      ...(this.errors.length > 0 ? { errors: [...this.errors] } : {}),
    };
  }
}
