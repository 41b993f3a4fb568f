/**
 * Statements of one function. A mistake in one is told, and the next is looked at. Leaving a scope runs what its guards and
 * __free ask for, innermost first, on every way out.
 */
import type { Cond, Exits, Ref } from '@lastref/authoring';
import { BuildError } from '@lastref/authoring';
import { CLEANUPS, iteratorOf } from '../calls/table.js';
import { some, walk } from '../scan/walk.js';
import type { Block, CaseStmt, LabelStmt, LoopStmt, Stmt, Variable } from '../syntax/ast.js';
import { Fault } from '../text/diagnostics.js';
import type { At } from '../text/position.js';
import { Told } from './context.js';
import { Expressions } from './expressions.js';
import { intValue, type Value } from './values.js';

interface Leaving {
  readonly breaks: Exits[];
  /** null: a switch. */
  readonly continues: Exits[] | null;
  readonly depth: number;
}

export class Statements extends Expressions {
  private readonly leaving: Leaving[] = [];
  private readonly entries = new Map<CaseStmt, Exits>();

  /** Builds the body, with parameters bound to what the call passes. */
  run(args: readonly Value[]): void {
    const { type, body } = this.definition;
    this.scopes.enter(null);
    type.parameters.forEach(({ name, type: own, at }, i) => {
      if (name === null) return;
      const value = args[i] ?? { t: 'opaque' };
      const slot = this.declareParameter(name, own);
      if (assigns(body, name)) {
        const fresh = this.declare(name, slot.meaning);
        this.set(fresh, value, at);
      } else slot.value = value;
    });
    if (body !== null) this.one(body);
    if (this.low.reachable) this.scopes.clean(0);
    this.scopes.leave();
  }

  private declareParameter(
    name: string,
    type: Variable['type'],
  ): ReturnType<Statements['declare']> {
    const slot = { name, meaning: this.model.scan.meaning(type), value: null };
    this.scopes.declare(slot);
    return slot;
  }

  override statement({ body }: { readonly body: Stmt }): void {
    this.one(body);
  }

  private one(s: Stmt): void {
    if (!this.low.reachable && !hasEntry(s)) return;
    try {
      this.here(s.at);
      this.build(s);
    } catch (error) {
      const { diagnostics } = this.model;
      if (error instanceof Fault) {
        if (!(error instanceof Told)) diagnostics.add(error.diagnostic);
      } else if (!(error instanceof BuildError)) throw error;
      else if (!diagnostics.hasErrors)
        diagnostics.add({ severity: 'error', at: s.at, message: error.message });
      this.low.drop();
    }
  }

  private build(s: Stmt): void {
    switch (s.k) {
      case 'block':
        this.block(s);
        return;
      case 'empty':
        return;
      case 'asm':
        throw new Fault(s.at, 'assembly is not supported', 'leave it out, or call a stub instead');
      case 'expression':
        this.effect(s.of);
        return;
      case 'declaration':
        for (const variable of s.variables) this.variable(variable);
        return;
      case 'if':
        this.branch(s);
        return;
      case 'loop':
        this.loop(s);
        return;
      case 'switch':
        this.switch(s);
        return;
      case 'case':
        this.low.continueFrom(this.low.takeExits(), ...this.entry(s));
        this.one(s.body);
        return;
      case 'break':
      case 'continue':
        this.leaveLoop(s.k, s.at);
        return;
      case 'goto':
        this.scopes.clean(this.scopes.shared(blocksAround(this.definition.body, s.label)));
        this.f.goto(s.label);
        return;
      case 'label':
        this.label(s);
        return;
      case 'return':
        this.return(s.of === null ? null : this.value(s.of), s.at);
        return;
      case 'iterator': {
        const iterator = iteratorOf(s.name);
        if (iterator === null)
          throw new Fault(
            s.at,
            `'${s.name}' is not known`,
            'write it as a loop, or define it as a macro',
          );
        this.scopes.enter(s);
        iterator(this, s);
        if (this.low.reachable) this.scopes.clean(this.scopes.depth - 1);
        this.scopes.leave();
        return;
      }
    }
  }

  private block(block: Block): void {
    this.scopes.enter(block);
    for (const s of block.list) this.one(s);
    if (this.low.reachable) this.scopes.clean(this.scopes.depth - 1);
    this.scopes.leave();
  }

  private variable({ name, type, value, at, cleanup, isStatic }: Variable): void {
    if (isStatic) throw new Fault(at, 'a static variable inside a function', 'declare it outside');
    const meaning = this.model.scan.meaning(type);
    if (meaning.is === 'struct' || meaning.is === 'kind' || meaning.is === 'queue') {
      this.declare(name, { is: 'opaque' }).value = { t: 'broken' };
      throw new Fault(
        at,
        `'${name}' is a struct on the stack, which is not supported`,
        'allocate it, or make it static',
      );
    }
    const slot = this.declare(name, meaning);
    if (cleanup !== null) {
      const clean = CLEANUPS.get(cleanup);
      if (clean === undefined) throw new Fault(at, `__free(${cleanup}) is not known`);
      this.cleanup(() => {
        clean(
          this,
          {
            k: 'call',
            callee: { k: 'name', name: cleanup, at },
            args: [{ k: 'name', name, at }],
            at,
          },
          null,
        );
      });
    }
    if (value === null) return;
    try {
      this.set(slot, this.hold(this.value(value, this.wantOfSlot(slot)), at), at);
    } catch (error) {
      slot.value = { t: 'broken' };
      throw error;
    }
  }

  private branch({ condition, then, otherwise }: Extract<Stmt, { k: 'if' }>): void {
    const c = this.condition(condition);
    if (typeof c === 'boolean') {
      const [taken, left] = c ? [then, otherwise] : [otherwise, then];
      if (taken !== null) this.one(taken);
      if (left !== null && hasEntry(left)) this.skipped(left);
      return;
    }
    this.f.if(
      c,
      () => {
        this.one(then);
      },
      () => {
        if (otherwise !== null) this.one(otherwise);
      },
    );
  }

  /** What control enters by a label only. */
  private skipped(s: Stmt): void {
    const here = this.low.takeExits();
    this.one(s);
    this.low.continueFrom(here, this.low.takeExits());
  }

  private loop({ first, condition, after, bodyFirst, body }: LoopStmt): void {
    const { low } = this;
    this.scopes.enter(body);
    if (first !== null) this.one(first);
    const head = low.head();
    const leaving: Leaving = { breaks: [], continues: [], depth: this.scopes.depth };
    if (!bodyFirst && condition !== null) this.exitUnless(this.condition(condition), leaving);
    this.leaving.push(leaving);
    this.one(body);
    this.leaving.pop();
    low.continueFrom(low.takeExits(), ...(leaving.continues ?? []));
    if (after !== null && low.reachable) this.effect(after);
    if (bodyFirst && condition !== null && low.reachable)
      this.exitUnless(this.condition(condition), leaving);
    if (low.reachable) low.jumpTo(head);
    low.continueFrom(...leaving.breaks);
    this.scopes.leave();
  }

  private exitUnless(c: Cond | boolean, { breaks }: Leaving): void {
    const { low } = this;
    if (c === true) return;
    if (c === false) {
      breaks.push(low.takeExits());
      return;
    }
    const { holds, fails } = low.split(c);
    breaks.push(fails);
    low.continueFrom(holds);
  }

  override repeat(entry: Ref, body: Stmt, before: () => void, next: () => void): void {
    const { low } = this;
    const head = low.head();
    const leaving: Leaving = { breaks: [], continues: [], depth: this.scopes.depth };
    this.exitUnless(this.f.ne(entry, null), leaving);
    before();
    this.leaving.push(leaving);
    this.one(body);
    this.leaving.pop();
    low.continueFrom(low.takeExits(), ...(leaving.continues ?? []));
    if (low.reachable) {
      next();
      low.jumpTo(head);
    }
    low.continueFrom(...leaving.breaks);
  }

  private switch({ of, body, at }: Extract<Stmt, { k: 'switch' }>): void {
    const { low, f } = this;
    const number = this.number(this.value(of), of.at);
    const value = typeof number === 'number' ? f.var('value', 1, number) : number;
    let isCaught = false;
    let standard: CaseStmt | null = null;
    for (const label of casesOf(body)) {
      if (label.value === null) {
        standard = label;
        continue;
      }
      const constant = this.model.scan.constants.valueOf(label.value);
      if (constant === null || label.to !== null)
        throw new Fault(label.at, 'a case needs one constant', 'write a case for each value');
      const { holds, fails } = low.split(f.eq(value, constant));
      this.entries.set(label, holds);
      low.continueFrom(fails);
    }
    const rest = low.takeExits();
    if (standard !== null) {
      this.entries.set(standard, rest);
      isCaught = true;
    }
    const leaving: Leaving = { breaks: [], continues: null, depth: this.scopes.depth };
    this.leaving.push(leaving);
    this.here(at);
    this.one(body);
    this.leaving.pop();
    low.continueFrom(low.takeExits(), ...leaving.breaks, ...(isCaught ? [] : [rest]));
  }

  private entry(s: CaseStmt): Exits[] {
    const exits = this.entries.get(s);
    if (exits === undefined) throw new Fault(s.at, 'a case outside of a switch');
    this.entries.delete(s);
    return [exits];
  }

  private leaveLoop(how: 'break' | 'continue', at: At): void {
    const found = this.leaving.findLast(({ continues }) => how === 'break' || continues !== null);
    if (found === undefined) throw new Fault(at, `${how} outside of a loop`);
    this.scopes.clean(found.depth);
    const exits = this.low.takeExits();
    if (how === 'break') found.breaks.push(exits);
    else found.continues?.push(exits);
  }

  private label({ name, body }: LabelStmt): void {
    const isUsed = some(this.definition.body, (node) => node.k === 'goto' && node.label === name);
    if (isUsed) this.f.label(name);
    this.one(body);
  }

  private return(value: Value | null, at: At): void {
    const { returns } = this.model.function(this.name, at);
    if (value?.t === 'broken') throw new Told(at, '');
    if (returns === 'void' || value === null) {
      this.low.drop();
      this.scopes.clean(0);
      this.f.return();
      return;
    }
    if (returns === 'int') {
      const number = intValue(this.number(value, at));
      this.scopes.clean(0);
      this.here(at);
      this.f.return(number.t === 'int' ? number.v : 0);
      return;
    }
    const isNull = value.t === 'null' || (value.t === 'int' && value.v === 0);
    if (!isNull && (value.t !== 'pointer' || value.path !== ''))
      throw new Fault(at, 'a pointer that is not modelled is returned');
    this.scopes.clean(0);
    this.f.return(value.t === 'pointer' ? value.ref : null);
  }
}

const assigns = (body: Block | null, name: string): boolean =>
  some(
    body,
    (node) =>
      (node.k === 'assign' && node.left.k === 'name' && node.left.name === name) ||
      (node.k === 'step' && node.of.k === 'name' && node.of.name === name),
  );

/** Control may come in by a label or a case. */
const hasEntry = (s: Stmt): boolean => some(s, ({ k }) => k === 'label' || k === 'case');

/** The labels of a switch, without those of the switches in it. */
function casesOf(s: Stmt): CaseStmt[] {
  const all: CaseStmt[] = [];
  const inner = new Set<unknown>();
  walk(s, (node) => {
    if (node.k === 'switch')
      walk(node.body, (below) => {
        inner.add(below);
      });
    if (node.k === 'case' && !inner.has(node)) all.push(node);
  });
  return all;
}

/** The blocks that the label stands in. */
function blocksAround(body: Block | null, label: string): Stmt[] {
  const around: Stmt[] = [];
  walk(body, (node) => {
    const scoped = node.k === 'block' || node.k === 'iterator' || node.k === 'loop';
    if (scoped && some(node, (below) => below.k === 'label' && below.name === label))
      around.push(node, ...(node.k === 'loop' ? [node.body] : []));
  });
  return around;
}
