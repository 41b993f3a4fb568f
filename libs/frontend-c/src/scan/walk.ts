/** Goes over a tree, parents first. */
import type { Expr, Stmt } from '../syntax/ast.js';

export type TreeNode = Expr | Stmt;

const NOT_CODE = new Set(['at', 'type', 'tokens']);

export function walk(node: unknown, visit: (node: TreeNode) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit);
    return;
  }
  if ('k' in node) visit(node as TreeNode);
  for (const [key, value] of Object.entries(node)) if (!NOT_CODE.has(key)) walk(value, visit);
}

export function some(node: unknown, holds: (node: TreeNode) => boolean): boolean {
  let found = false;
  walk(node, (inner) => {
    found ||= holds(inner);
  });
  return found;
}

/** C as one would write it, for messages. */
export function textOf(e: Expr): string {
  switch (e.k) {
    case 'name':
      return e.name;
    case 'number':
      return String(e.value);
    case 'field':
      return `${textOf(e.of)}${e.arrow ? '->' : '.'}${e.name}`;
    case 'unary':
      return e.op + textOf(e.of);
    case 'call':
      return `${textOf(e.callee)}(${e.args.map(textOf).join(', ')})`;
    case 'cast':
      return textOf(e.of);
    case 'index':
      return `${textOf(e.of)}[${textOf(e.index)}]`;
    case 'string':
      return '"..."';
    case 'binary':
    case 'assign':
      return `${textOf(e.left)} ${e.op} ${textOf(e.right)}`;
    case 'raw':
      return e.tokens.map(({ text }) => text).join(' ');
    case 'type':
      return e.type.kind === 'struct' ? `struct ${e.type.tag}` : e.type.kind;
    case 'step':
    case 'conditional':
    case 'initializer':
    case 'comma':
    case 'sizeof':
    case 'compound':
    case 'statements':
      return `this ${e.k}`;
  }
}
