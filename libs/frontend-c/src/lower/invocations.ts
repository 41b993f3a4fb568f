/** Calls: of a function of the model, of what the calls' table knows, of a stub, or through a table of operations. */
import type { Int, Ref } from '@lastref/authoring';
import { nearest } from '@lastref/kernel';
import { isIgnored, readArguments } from '../calls/ignored.js';
import { stubbed } from '../calls/stubs.js';
import { CALLS, handlerOf } from '../calls/table.js';
import { textOf } from '../scan/walk.js';
import type { CallExpr, Expr, Stmt } from '../syntax/ast.js';
import { Fault } from '../text/diagnostics.js';
import type { At } from '../text/position.js';
import type { Calling } from './calling.js';
import { Conditions } from './conditions.js';
import { intValue, VOID, type Value, type Want } from './values.js';

export abstract class Invocations extends Conditions implements Calling {
  abstract statement(s: { readonly body: Stmt }): void;
  abstract repeat(entry: Ref, body: Stmt, before: () => void, next: () => void): void;
  abstract int(e: Expr): Int | number;
  abstract assign(to: Expr, value: Value, at: At): void;
  abstract structOf(e: Expr): string | null;

  protected call(e: CallExpr, want: Want): Value {
    const { model } = this;
    const { callee, args, at } = e;
    if (callee.k === 'call') return this.curried(callee, e);
    if (callee.k !== 'name') return this.through(callee, e);
    const { name } = callee;
    const stub = model.matter.stubs[name];
    const definition = model.scan.unit.functions.get(name);
    if (stub !== undefined) {
      if (CALLS.has(name) || definition !== undefined)
        throw new Fault(at, `there is a stub for ${name}, which is known`, 'take the stub out');
      return stubbed(this, e, name, stub);
    }
    if (this.scopes.find(name) !== null)
      throw new Fault(at, `a call through the pointer '${name}'`, 'call the function by its name');
    if (definition !== undefined)
      return this.invoke(
        name,
        args.map((arg) => this.argument(arg)),
        at,
      );
    const handler = handlerOf(name);
    if (handler !== null) return handler(this, e, want);
    if (isIgnored(name)) return readArguments(this, e, name);
    const near = nearest(name, [...CALLS.keys(), ...model.scan.unit.functions.keys()]);
    throw new Fault(
      at,
      `'${name}' is not known`,
      `${near === undefined ? '' : `did you mean ${near}? else `}add its code, or a stub to the front matter: stubs: { ${name}: ignore | "0" | "0 | -ENOMEM" }`,
    );
  }

  private argument(arg: Expr): Value {
    return this.hold(this.value(arg), arg.at);
  }

  /** `guard(mutex)(&x->lock)`. */
  private curried(callee: CallExpr, e: CallExpr): Value {
    const name = callee.callee.k === 'name' ? callee.callee.name : '';
    const handler = handlerOf(name);
    if (handler === null || name !== 'guard') throw new Fault(e.at, `'${textOf(e)}' is not known`);
    return handler(this, { ...e, args: [...callee.args, ...e.args] }, null);
  }

  /** A call through a table of operations. */
  private through(callee: Expr, { args, at }: CallExpr): Value {
    const name = callee.k === 'field' ? callee.name : '';
    const to = this.model.matter.calls[name];
    if (to !== undefined)
      return this.invoke(
        to,
        args.map((arg) => this.argument(arg)),
        at,
      );
    throw new Fault(
      at,
      `a call through '${textOf(callee)}': which function it is, is not known`,
      `say so in the front matter: calls: { ${name === '' ? 'stop' : name}: my_function }`,
    );
  }

  invoke(name: string, args: readonly Value[], at: At): Value {
    const made = this.model.function(name, at);
    this.here(at);
    switch (made.returns) {
      case 'int':
        return intValue(this.f.call(made.fn, ...args));
      case 'pointer':
        return { t: 'pointer', ref: this.f.call(made.fn, ...args), path: '', tag: made.tag };
      case 'void':
        this.f.call(made.fn, ...args);
        return VOID;
    }
  }
}
