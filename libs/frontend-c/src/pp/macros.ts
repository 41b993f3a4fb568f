/** Macros and their definitions: `#define NAME body`, `#define NAME(a, b, ...) body`. */
import { Fault } from '../text/diagnostics.js';
import type { At } from '../text/position.js';
import { isText, type Token } from '../text/token.js';

export interface Macro {
  /** null: object-like. */
  readonly parameters: readonly string[] | null;
  /** Name of the last parameter, which takes all that is left. */
  readonly variadic: string | null;
  readonly body: readonly Token[];
}

export type Macros = Map<string, Macro>;

/** Reads what follows `#define`. */
export function define(macros: Macros, tokens: readonly Token[], at: At): void {
  const [name, ...rest] = tokens;
  if (name?.kind !== 'name')
    throw new Fault(at, "'#define' needs a name", 'write #define NAME value');
  const [open] = rest;
  if (open === undefined || open.spaced || !isText(open, '(')) {
    macros.set(name.text, { parameters: null, variadic: null, body: rest });
    return;
  }
  const close = rest.findIndex((token) => isText(token, ')'));
  if (close < 0) throw new Fault(name.at, `')' is missing behind the parameters of ${name.text}`);
  const parameters: string[] = [];
  let variadic: string | null = null;
  for (const token of rest.slice(1, close)) {
    if (isText(token, ',')) continue;
    if (isText(token, '...')) variadic = '__VA_ARGS__';
    else if (token.kind === 'name') parameters.push(token.text);
    else throw new Fault(token.at, `'${token.text}' is no parameter of a macro`);
  }
  const before = rest[close - 2];
  if (variadic !== null && before?.kind === 'name') variadic = parameters.pop() ?? variadic;
  macros.set(name.text, { parameters, variadic, body: rest.slice(close + 1) });
}
