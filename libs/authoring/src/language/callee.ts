/**
 * A kernel function of the model as the builder sees one that it calls: name, file, and a body to inline. What the body is
 * written with stands above the builder, so it is not named here; fn.ts, where functions are defined, names it.
 */
import type { Site } from '../builder/site.js';
import type { AnyStruct } from './struct.js';

export type Returns = 'void' | 'int' | AnyStruct;

export interface Fn<Args extends readonly unknown[], R> {
  readonly name: string;
  readonly file: string;
  readonly returns: Returns;
  readonly primitive: boolean;
  /** Takes the builder, then the arguments. */
  readonly body: (f: never, ...args: Args) => void;
  /** Where it was defined. */
  readonly site?: Site;
  /** Type of the result; never set. */
  readonly result?: R;
}
