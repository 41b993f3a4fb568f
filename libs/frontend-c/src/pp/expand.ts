/**
 * Expansion of macros on tokens, with hide sets: a macro is not expanded in what it made itself. A token that a macro made
 * stands where the macro was invoked and remembers the name of the outermost one. Bounded in depth and in tokens, so that
 * macros that double each other end with a diagnostic.
 */
import { LIMITS } from '../limits.js';
import { Fault } from '../text/diagnostics.js';
import type { At } from '../text/position.js';
import { isText, type Token } from '../text/token.js';
import type { Macro, Macros } from './macros.js';

export class Expander {
  private made = 0;
  private depth = 0;

  constructor(private readonly macros: Macros) {}

  expand(tokens: readonly Token[]): Token[] {
    const result: Token[] = [];
    const input = [...tokens].reverse();
    for (let token = input.pop(); token !== undefined; token = input.pop()) {
      const macro = token.kind === 'name' ? this.macros.get(token.text) : undefined;
      const next = input[input.length - 1];
      if (
        macro === undefined ||
        token.hidden?.has(token.text) === true ||
        (macro.parameters !== null && (next === undefined || !isText(next, '(')))
      ) {
        result.push(token);
        continue;
      }
      const given = macro.parameters === null ? [] : this.arguments(token, macro, input);
      const body = this.substitute(macro, given, token);
      this.count(body.length, token.at);
      for (const made of body.reverse()) input.push(made);
    }
    return result;
  }

  private count(tokens: number, at: At): void {
    this.made += tokens;
    if (this.made > LIMITS.expandedTokens)
      throw new Fault(
        at,
        `macros make more than ${LIMITS.expandedTokens} tokens here`,
        'a macro that doubles itself? define it to less, or leave it out',
      );
  }

  /** Takes the arguments of an invocation off the input. */
  private arguments(name: Token, macro: Macro, input: Token[]): Token[][] {
    input.pop();
    const given: Token[][] = [[]];
    const fixed = macro.parameters?.length ?? 0;
    for (let depth = 1; ;) {
      const token = input.pop();
      if (token === undefined)
        throw new Fault(name.at, `the arguments of macro ${name.text} have no end`, "add ')'");
      if (isText(token, '(')) depth++;
      if (isText(token, ')') && --depth === 0) return given;
      const isRest = macro.variadic !== null && given.length > fixed;
      if (isText(token, ',') && depth === 1 && !isRest) given.push([]);
      else given[given.length - 1]?.push(token);
    }
  }

  private substitute(macro: Macro, given: readonly Token[][], name: Token): Token[] {
    if (++this.depth > LIMITS.expansionDepth)
      throw new Fault(name.at, `macros are nested deeper than ${LIMITS.expansionDepth}`);
    const made = new Substitution(macro, given, name, (tokens) => this.expand(tokens)).run();
    this.depth--;
    return made;
  }
}

class Substitution {
  private readonly out: Token[] = [];
  private readonly hidden: ReadonlySet<string>;
  private readonly at: At;

  constructor(
    private readonly macro: Macro,
    private readonly given: readonly Token[][],
    name: Token,
    private readonly expand: (tokens: readonly Token[]) => Token[],
  ) {
    this.hidden = new Set([...(name.hidden ?? []), name.text]);
    this.at = { ...name.at, macro: name.at.macro ?? name.text };
  }

  run(): Token[] {
    const { body } = this.macro;
    for (let i = 0; i < body.length; i++) {
      const token = body[i];
      const next = body[i + 1];
      if (token === undefined) break;
      if (isText(token, '##') && next !== undefined && i > 0) {
        this.paste(next);
        i++;
      } else if (isText(token, '#') && next !== undefined && this.argument(next) !== null) {
        const text = (this.argument(next) ?? []).map((part) => part.text).join(' ');
        this.out.push({ ...this.stamp(token), kind: 'string', text: JSON.stringify(text) });
        i++;
      } else this.plain(token, next);
    }
    return this.out;
  }

  private plain(token: Token, next: Token | undefined): void {
    const argument = this.argument(token);
    if (argument === null) this.out.push(this.stamp(token));
    else if (next !== undefined && isText(next, '##')) this.out.push(...argument);
    else this.out.push(...this.expand(argument));
  }

  /** `left ## next`; a comma before an empty variadic argument goes. */
  private paste(next: Token): void {
    const right = this.argument(next) ?? [this.stamp(next)];
    const left = this.out.pop();
    const [first, ...others] = right;
    if (left === undefined) this.out.push(...right);
    else if (isText(left, ',') && next.text === this.macro.variadic) {
      if (first !== undefined) this.out.push(left, ...right);
    } else if (first === undefined) this.out.push(left);
    else this.out.push({ ...this.stamp(left), text: left.text + first.text }, ...others);
  }

  private argument(token: Token): readonly Token[] | null {
    const { parameters, variadic } = this.macro;
    if (token.kind !== 'name' || parameters === null) return null;
    const index = token.text === variadic ? parameters.length : parameters.indexOf(token.text);
    return index < 0 ? null : (this.given[index] ?? []);
  }

  private stamp(token: Token): Token {
    const hidden =
      token.hidden === undefined ? this.hidden : new Set([...token.hidden, ...this.hidden]);
    return { ...token, at: this.at, hidden, startsLine: false };
  }
}
