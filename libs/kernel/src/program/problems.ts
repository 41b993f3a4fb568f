/** Collects what is wrong with a program, each with the JSON pointer of the place, up to a fixed number. */
import { LIMITS } from '../limits.js';

export interface ProgramProblem {
  /** RFC 6901 pointer into the program. */
  readonly pointer: string;
  readonly message: string;
  /** The nearest valid name, where a name was not known. */
  readonly nearest?: string;
}

export type Path = readonly (string | number)[];

export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export class Problems {
  readonly list: ProgramProblem[] = [];

  get full(): boolean {
    return this.list.length >= LIMITS.validationErrors;
  }

  add(path: Path, message: string): void {
    if (!this.full) this.list.push({ pointer: pointerOf(path), message });
  }

  /** Reports unless the condition holds. @returns the condition */
  check(condition: boolean, path: Path, message: string): boolean {
    if (!condition) this.add(path, message);
    return condition;
  }

  /** An index into a list of the program. */
  index(value: number | undefined, list: ArrayLike<unknown>, what: string, path: Path): boolean {
    return this.check(
      value !== undefined && value >= 0 && value < list.length,
      path,
      value === undefined
        ? `is missing: the index of a ${what}`
        : `no ${what} ${value}: there are ${list.length}`,
    );
  }
}
