/**
 * One operation of a program with its operands as C expressions. Where a body has a single runner, its locals and its task
 * number are literals; otherwise they are `B[L + n]` and `t`.
 */
import { Row, assert, at, specOf, type Operation } from '@lastref/kernel';
import type { CLayout } from './layout.js';

/** A field or static variable that an operation works on. */
export interface Place {
  /** Type of the object it is in, -1 for a static. */
  readonly type: number;
  /** Declares the object. */
  readonly find: string;
  /** Whether accessing it is a memory error; null if it never is. */
  readonly dangling: string | null;
  /** `find`, and fails the run if the pointer dangles. */
  readonly check: string;
  /** Number of the slot, `more` behind the first. */
  slot(more?: number): string;
  /** The slot's value. */
  cell(more?: number): string;
  /** Largest value of the first slot. */
  readonly max: number;
  /** First slot, counted from the object's first field; that of the state for a static. */
  readonly offset: number;
  /** The same for all places of one field. */
  readonly key: string;
}

export class Site {
  readonly op: string;
  readonly spec: Operation;
  readonly next: number;
  readonly alt: number;
  /** The task at hand, and its bit. */
  readonly t: string;
  readonly bit: string;
  readonly body: number;
  private readonly base: number | null;

  constructor(
    readonly c: CLayout,
    readonly pc: number,
  ) {
    const { tables, program } = c;
    this.op = at(program.code, pc).op;
    this.spec = specOf(this.op);
    this.next = at(tables.code, (pc << Row.shift) + Row.next);
    this.alt = at(tables.code, (pc << Row.shift) + Row.alt);
    this.body = at(tables.bodyOf, pc);
    const runners = c.runners[this.body] ?? [];
    const only = runners.length === 1 ? runners[0] : undefined;
    this.t = only === undefined ? 't' : String(only);
    this.bit = only === undefined ? 'bit' : `${1 << only}u`;
    this.base = only === undefined ? null : at(tables.layout.tasks, only).locals;
  }

  arg(i: number): number {
    return at(this.c.tables.code, (this.pc << Row.shift) + Row.arg + i);
  }

  local(n: number): string {
    return this.base === null ? `B[L + ${n}]` : `B[${this.base + n}]`;
  }

  /** The local that operand i names. */
  pointer(i: number): string {
    return this.local(this.arg(i));
  }

  /** Type that the local of operand i points to. */
  typeAt(i: number): number {
    const { type } = at(at(this.c.program.bodies, this.body).locals, this.arg(i));
    assert(type !== undefined, 'validation lets only pointers through');
    return type;
  }

  value(i: number): string {
    return this.arg(i) === 0 ? String(this.arg(i + 1)) : this.local(this.arg(i + 1));
  }

  /** Largest number the value at operand i can be. */
  valueMax(i: number): number {
    if (this.arg(i) === 0) return this.arg(i + 1);
    return at(at(this.c.program.bodies, this.body).locals, this.arg(i + 1)).max ?? 1;
  }

  /** @param name C variable for the object */
  place(i: number, name = 'o'): Place {
    const { c } = this;
    const offset = this.arg(i + 1);
    if (this.arg(i) < 0) return place(c, -1, '', null, offset, (more) => String(offset + more));
    const type = this.typeAt(i);
    const slot = (more: number): string => c.field(type, name, offset + more);
    return place(c, type, `const int ${name} = ${this.pointer(i)};`, name, offset, slot);
  }

  /** An object as a place of its own: what it takes to access it at all. */
  object(i: number, name = 'o'): Place {
    const type = this.typeAt(i);
    const slot = (more: number): string => this.c.field(type, name, more);
    return place(this.c, type, `const int ${name} = ${this.pointer(i)};`, name, 0, slot);
  }

  go(): string {
    return `goto P${this.next};`;
  }

  goAlt(): string {
    return `goto P${this.alt};`;
  }

  on(condition: string): string {
    return `if (${condition}) ${this.go()} ${this.goAlt()}`;
  }
}

function place(
  c: CLayout,
  type: number,
  find: string,
  object: string | null,
  offset: number,
  slot: (more: number) => string,
): Place {
  const dead = object === null ? null : c.isDead(type, object);
  const dangling = object === null ? null : dead === null ? `!${object}` : `!${object} || ${dead}`;
  const first = type < 0 ? offset : c.slotOfFirst(type, offset);
  return {
    type,
    find,
    dangling,
    check: dangling === null ? find : `${find} if (${dangling}) fail(MEMORY);`,
    slot: (more = 0) => slot(more),
    cell: (more = 0) => `B[${slot(more)}]`,
    max: c.tables.layout.slots[first]?.max ?? 0,
    offset,
    key: `${type}:${offset}`,
  };
}
