/** The value of an `#if` condition. Names that are no macros are 0, as in C; configuration options are on if defined. */
import { LIMITS } from '../limits.js';
import { Fault } from '../text/diagnostics.js';
import type { At } from '../text/position.js';
import { isText, type Token } from '../text/token.js';
import { binaryValue, integerOf, PRECEDENCE } from '../text/numbers.js';
import type { Expander } from './expand.js';
import type { Macros } from './macros.js';

const ASKS = new Set(['defined', 'IS_ENABLED', 'IS_BUILTIN', 'IS_MODULE', 'IS_REACHABLE']);

export function conditionValue(
  tokens: readonly Token[],
  at: At,
  macros: Macros,
  expander: Expander,
): number {
  return new Condition(expander.expand(answered(tokens, macros)), at).value();
}

/** With `defined X` and its like replaced by 1 or 0, before X is expanded. */
function answered(tokens: readonly Token[], macros: Macros): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    if (!ASKS.has(token.text)) {
      out.push(token);
      continue;
    }
    const next = tokens[i + 1];
    const inBrackets = next !== undefined && isText(next, '(');
    const asked = tokens[i + (inBrackets ? 2 : 1)];
    i += inBrackets ? 3 : 1;
    out.push({ ...token, kind: 'number', text: macros.has(asked?.text ?? '') ? '1' : '0' });
  }
  return out;
}

class Condition {
  private index = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly at: At,
  ) {}

  value(): number {
    const value = this.binary(1);
    const left = this.tokens[this.index];
    if (left !== undefined) throw new Fault(left.at, `'${left.text}' is not understood in #if`);
    return value;
  }

  private binary(least: number): number {
    let left = this.unary();
    for (;;) {
      const operator = this.tokens[this.index];
      const precedence = PRECEDENCE[operator?.text ?? ''];
      if (operator === undefined || precedence === undefined || precedence < least) return left;
      this.index++;
      const right = this.binary(precedence + 1);
      const value = binaryValue(operator.text, left, right);
      if (value === null) throw new Fault(operator.at, `'${operator.text}' has no value in #if`);
      left = value;
    }
  }

  private unary(): number {
    const token = this.tokens[this.index++];
    if (token === undefined) throw new Fault(this.at, 'the condition of #if ends too early');
    if (++this.depth > LIMITS.nesting) throw new Fault(token.at, '#if is nested too deeply');
    const value = this.primary(token);
    this.depth--;
    return value;
  }

  private primary(token: Token): number {
    switch (token.text) {
      case '!':
        return this.unary() === 0 ? 1 : 0;
      case '-':
        return -this.unary();
      case '+':
        return this.unary();
      case '~':
        return ~this.unary();
      case '(': {
        const value = this.binary(1);
        const close = this.tokens[this.index++];
        if (close === undefined || !isText(close, ')'))
          throw new Fault(token.at, "#if: ')' is missing");
        return value;
      }
    }
    if (token.kind === 'number') return integerOf(token.text) ?? 0;
    if (token.kind !== 'name')
      throw new Fault(token.at, `'${token.text}' is not understood in #if`);
    const next = this.tokens[this.index];
    if (next !== undefined && isText(next, '('))
      throw new Fault(
        token.at,
        `${token.text}() is not defined, and #if asks for it`,
        'define it as a macro',
      );
    return 0;
  }
}
