/**
 * Reads a signature back into kind and parts, `kind@name(detail)+name(detail)`: for those who show or compare
 * signatures. The counterpart of signature.ts; a text that is none throws like kindOf.
 */
import { kindOf, type Kind } from '../program/kinds.js';

export interface SignaturePart {
  /** A function; for lock-order and recursive-lock a lock class. */
  readonly name: string;
  readonly detail?: string;
}

export interface SignatureParts {
  readonly kind: Kind;
  readonly parts: readonly SignaturePart[];
}

export function signatureParts(signature: string): SignatureParts {
  const kind = kindOf(signature);
  return { kind, parts: splitAtPlus(signature.slice(kind.length + 1)).map(toPart) };
}

/** Only a plus outside of parentheses separates. */
function splitAtPlus(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === '+' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function toPart(text: string): SignaturePart {
  const open = text.indexOf('(');
  return open < 0 || !text.endsWith(')')
    ? { name: text }
    : { name: text.slice(0, open), detail: text.slice(open + 1, -1) };
}
