/** One variant of a model while it is built: what is declared, and the functions made so far. */
import { fn, primitive, type AnyStruct, type Fn } from '@lastref/authoring';
import type { CaseMatter, FrontMatter } from '../front/schema.js';
import { targetOf } from '../scan/kinds.js';
import type { Scan } from '../scan/scan.js';
import type { FunctionDef } from '../syntax/ast.js';
import { Fault, type Diagnostics } from '../text/diagnostics.js';
import type { At } from '../text/position.js';
import type { Declared } from './declared.js';
import type { Notes } from './notes.js';
import type { Value } from './values.js';

export type BuildFunction = (
  definition: FunctionDef,
  f: Parameters<Parameters<typeof fn>[2]>[0],
  args: readonly Value[],
) => void;

export type CFunction =
  | { readonly returns: 'int'; readonly fn: Fn<Value[], import('@lastref/authoring').Int> }
  | { readonly returns: 'void'; readonly fn: Fn<Value[], void> }
  | {
      readonly returns: 'pointer';
      readonly tag: string;
      readonly fn: Fn<Value[], import('@lastref/authoring').Ref>;
    };

export class Model {
  private readonly functions = new Map<string, CFunction>();
  /** Of the case that is being built. */
  spec: CaseMatter | null = null;

  constructor(
    readonly matter: FrontMatter,
    readonly scan: Scan,
    readonly declared: Declared,
    readonly notes: Notes,
    readonly diagnostics: Diagnostics,
    readonly lineText: (at: At) => string,
    private readonly build: BuildFunction,
  ) {}

  struct(tag: string): AnyStruct {
    return this.declared.struct(tag);
  }

  /** Whether the case may make this call or allocation fail. */
  mayFail(name: string): boolean {
    return this.spec?.faults?.includes(name) === true;
  }

  function(name: string, at: At): CFunction {
    const known = this.functions.get(name);
    if (known !== undefined) return known;
    const definition = this.scan.unit.functions.get(name);
    if (definition === undefined || definition.body === null)
      throw new Fault(at, `${name} is called, but it could not be read`);
    const made = this.make(definition);
    this.functions.set(name, made);
    return made;
  }

  private make(definition: FunctionDef): CFunction {
    const { name, at, type, isInline } = definition;
    const define = isInline ? primitive : fn;
    const body = (f: Parameters<BuildFunction>[1], ...args: Value[]): void => {
      this.build(definition, f, args);
    };
    const meaning = this.scan.meaning(type.returns);
    const tag = targetOf(meaning);
    if (meaning.is === 'int') return { returns: 'int', fn: define.int(name, at.file, body) };
    if (tag !== null)
      return { returns: 'pointer', tag, fn: define.ptr(this.struct(tag), name, at.file, body) };
    return { returns: 'void', fn: define(name, at.file, body) };
  }
}
