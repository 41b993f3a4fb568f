/**
 * What the whole unit tells before any of it is built: which fields are accessed, what constants they are given, which are
 * words of flag bits, what work and timers run, how many objects are allocated. Static types are enough for that.
 */
import type { CallExpr, CType, Expr, FunctionDef, StructDef, Unit } from '../syntax/ast.js';
import type { At } from '../text/position.js';
import { Constants } from './constants.js';
import { meaningOf, targetOf, type Meaning } from './kinds.js';
import { textOf, walk } from './walk.js';

/** What is stored into a field, by `tag.path`, or `.name` of a static. */
export interface Stored {
  least: number;
  most: number;
  grows: boolean;
  /** Something that is not known while reading is stored. */
  varies: boolean;
}

export interface Binding {
  readonly tag: string;
  readonly field: string;
  readonly callback: string;
  readonly at: At;
}

export const BIT_CALLS = /^(__)?(test|set|clear|test_and_set|test_and_clear)_bit$/;
const BINDERS =
  /^(INIT_WORK|INIT_DELAYED_WORK|INIT_WORK_ONSTACK|timer_setup|tasklet_setup|hrtimer_setup)$/;

/** max_active 0 means many. */
const DEFAULT_ACTIVE = 4;

export class Scan {
  readonly constants: Constants;
  readonly accessed = new Set<string>();
  readonly stored = new Map<string, Stored>();
  readonly bits = new Map<string, Set<string>>();
  readonly bindings: Binding[] = [];
  readonly allocations = new Map<string, number>();
  /** How many items at once the workqueue runs that is put into a field, or `.name` of a static. */
  readonly queues = new Map<string, number>();

  constructor(readonly unit: Unit) {
    this.constants = new Constants(unit);
    for (const definition of unit.functions.values()) this.function(definition);
  }

  field(tag: string, name: string): { path: string; type: CType } | null {
    return fieldOf(this.unit.structs, tag, name);
  }

  meaning(type: CType): Meaning {
    return meaningOf(type, this.unit);
  }

  /** The name of a flag bit: of its macro or enumerator, else its number. */
  bitName(e: Expr): string | null {
    if (e.k === 'name') return e.name;
    if (e.k === 'number') return e.at.macro ?? `bit${e.value}`;
    const value = this.constants.valueOf(e);
    return value === null ? null : (e.at.macro ?? `bit${value}`);
  }

  private function({ type, body }: FunctionDef): void {
    const types = new Map<string, CType>();
    for (const { name, type: own } of this.unit.variables) types.set(name, own);
    for (const { name, type: own } of type.parameters) if (name !== null) types.set(name, own);
    const typeOf = new TypeOf(this, types);
    walk(body, (node) => {
      if (node.k === 'declaration')
        for (const { name, type: own, value } of node.variables) {
          types.set(name, own);
          if (value?.k === 'call') this.allocation(value, own, typeOf);
        }
      if (node.k === 'field') this.accessed.add(node.name);
      if (node.k === 'iterator') this.names(node.args);
      if (node.k === 'assign') {
        this.store(typeOf.key(node.left), node.op === '=' ? node.right : null);
        this.queue(typeOf.key(node.left), node.right);
        const target = typeOf.of(node.left);
        if (node.right.k === 'call' && target !== null) this.allocation(node.right, target, typeOf);
      }
      if (node.k === 'step') this.store(typeOf.key(node.of), null);
      if (node.k === 'call') this.call(node, typeOf);
    });
  }

  private names(args: readonly Expr[]): void {
    for (const arg of args) if (arg.k === 'name') this.accessed.add(arg.name);
  }

  private store(key: string | null, value: Expr | null): void {
    if (key === null) return;
    const known = this.stored.get(key) ?? { least: 0, most: 1, grows: false, varies: false };
    this.stored.set(key, known);
    if (value === null) {
      known.grows = true;
      return;
    }
    const constant = this.constants.valueOf(value);
    if (constant === null) known.varies ||= value.k !== 'name' || value.name !== 'NULL';
    else {
      known.least = Math.min(known.least, constant);
      known.most = Math.max(known.most, constant);
    }
  }

  private call(call: CallExpr, typeOf: TypeOf): void {
    if (call.callee.k !== 'name') return;
    const { name } = call.callee;
    this.names(call.args);
    const [first, second] = call.args;
    if (BIT_CALLS.test(name) && first !== undefined && second !== undefined) {
      const key = typeOf.key(second.k === 'unary' ? second.of : second);
      const bit = this.bitName(first);
      if (key !== null && bit !== null)
        this.bits.set(key, (this.bits.get(key) ?? new Set()).add(bit));
    }
    if (/^(atomic_set|WRITE_ONCE)$/.test(name) && first !== undefined && second !== undefined)
      this.store(typeOf.key(first.k === 'unary' ? first.of : first), second);
    if (BINDERS.test(name) && first?.k === 'unary' && second?.k === 'name') {
      const [tag, field] = (typeOf.key(first.of) ?? '').split(/\.(.*)/);
      if (tag !== undefined && tag !== '' && field !== undefined)
        this.bindings.push({ tag, field, callback: second.name, at: call.at });
    }
  }

  private queue(key: string | null, e: Expr): void {
    if (key === null || e.k !== 'call' || e.callee.k !== 'name') return;
    if (e.callee.name !== 'alloc_workqueue') return;
    const [, , most] = e.args;
    this.queues.set(
      key,
      (most === undefined ? null : this.constants.valueOf(most)) || DEFAULT_ACTIVE,
    );
  }

  private allocation(call: CallExpr, target: CType, typeOf: TypeOf): void {
    const sizes = call.args.filter((arg) => arg.k === 'sizeof');
    for (const size of sizes) {
      const { of } = size;
      const type = 'k' in of ? typeOf.of(of) : of;
      const meaning = type === null ? this.meaning(target) : this.meaning(type);
      const tag = meaning.is === 'struct' ? meaning.tag : targetOf(meaning);
      if (tag !== null) this.allocations.set(tag, (this.allocations.get(tag) ?? 0) + 1);
    }
  }
}

/** Static types of expressions, as far as they are declared. */
class TypeOf {
  constructor(
    private readonly scan: Scan,
    private readonly types: ReadonlyMap<string, CType>,
  ) {}

  of(e: Expr): CType | null {
    switch (e.k) {
      case 'name':
        return this.types.get(e.name) ?? null;
      case 'cast':
        return e.type;
      case 'field': {
        const tag = this.ownerTag(e.of, e.arrow);
        return tag === null ? null : (this.scan.field(tag, e.name)?.type ?? null);
      }
      case 'unary': {
        const of = this.of(e.of);
        if (of === null) return null;
        if (e.op === '&') return { kind: 'pointer', to: of };
        return e.op === '*' && of.kind === 'pointer' ? of.to : null;
      }
      case 'call': {
        if (e.callee.k !== 'name') return null;
        const [first, second] = e.args;
        if (e.callee.name === 'container_of' && second?.k === 'type')
          return { kind: 'pointer', to: second.type };
        if (/^(READ_ONCE|rcu_dereference)/.test(e.callee.name))
          return first === undefined ? null : this.of(first);
        return this.scan.unit.functions.get(e.callee.name)?.type.returns ?? null;
      }
      case 'assign':
        return this.of(e.left);
      case 'conditional':
        return this.of(e.otherwise) ?? (e.then === null ? null : this.of(e.then));
      case 'number':
      case 'string':
      case 'binary':
      case 'step':
      case 'initializer':
      case 'comma':
      case 'index':
      case 'sizeof':
      case 'compound':
      case 'statements':
      case 'type':
      case 'raw':
        return null;
    }
  }

  private ownerTag(of: Expr, arrow: boolean): string | null {
    const type = this.of(of);
    if (type === null) return null;
    const meaning = this.scan.meaning(type);
    if (arrow) return targetOf(meaning);
    return meaning.is === 'struct' ? meaning.tag : null;
  }

  /** `tag.field`, or `.name` of a static variable. */
  key(e: Expr): string | null {
    if (e.k === 'name')
      return this.scan.unit.variables.some(({ name }) => name === e.name) ? `.${e.name}` : null;
    if (e.k !== 'field') return null;
    const tag = this.ownerTag(e.of, e.arrow);
    return tag === null ? null : `${tag}.${e.name}`;
  }
}

/** A field by name, through anonymous structs and unions. */
function fieldOf(
  structs: ReadonlyMap<string, StructDef>,
  tag: string,
  name: string,
): { path: string; type: CType } | null {
  for (const field of structs.get(tag)?.fields ?? []) {
    if (field.name === name) return { path: name, type: field.type };
    if (field.name !== null || field.type.kind !== 'struct') continue;
    const inner = fieldOf(structs, field.type.tag, name);
    if (inner !== null) return inner;
  }
  return null;
}

export const functionNamed = (e: Expr | undefined): string | null => {
  if (e?.k === 'unary' && e.op === '&') return functionNamed(e.of);
  return e?.k === 'name' ? textOf(e) : null;
};
