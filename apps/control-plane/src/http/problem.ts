/**
 * The one error that services and guards throw on purpose: a slug of the contract, a sentence that
 * says what to do, and pointers. The filter turns it into problem details; anything else that is
 * thrown is a fault of this program and becomes `internal`.
 */
import { type ProblemDetails, type ProblemError, type ProblemSlug } from '@lastref/contracts';
import { PROBLEMS, PROBLEM_TYPE_PREFIX } from '@lastref/contracts';

export interface ProblemOptions {
  errors?: ProblemError[];
  headers?: Record<string, string>;
}

export class Problem extends Error {
  readonly errors: readonly ProblemError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly slug: ProblemSlug,
    readonly detail: string,
    options: ProblemOptions = {},
  ) {
    super(detail);
    this.name = 'Problem';
    this.errors = options.errors ?? [];
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
