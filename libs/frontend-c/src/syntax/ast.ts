/** The syntax tree of kernel C: small, because most of C means nothing to a model. Every node has its place. */
import type { At } from '../text/position.js';
import type { Token } from '../text/token.js';

export type CType =
  | { readonly kind: 'void' }
  | { readonly kind: 'int'; readonly name: string }
  /** By a typedef, of this unit or of a header that is not read. */
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'struct'; readonly tag: string }
  | { readonly kind: 'pointer'; readonly to: CType }
  | { readonly kind: 'array'; readonly of: CType }
  | FunctionType
  | { readonly kind: 'typeof'; readonly of: Expr | CType | null };

export interface FunctionType {
  readonly kind: 'function';
  readonly returns: CType;
  readonly parameters: readonly Parameter[];
}

export interface Parameter {
  readonly name: string | null;
  readonly type: CType;
  readonly at: At;
}

interface Node<K extends string> {
  readonly k: K;
  readonly at: At;
}

export interface NumberExpr extends Node<'number'> {
  readonly value: number;
}
export interface NameExpr extends Node<'name'> {
  readonly name: string;
}
export interface FieldExpr extends Node<'field'> {
  readonly of: Expr;
  readonly name: string;
  readonly arrow: boolean;
}
export interface CallExpr extends Node<'call'> {
  readonly callee: Expr;
  readonly args: readonly Expr[];
}
export interface UnaryExpr extends Node<'unary'> {
  readonly op: string;
  readonly of: Expr;
}
export interface StepExpr extends Node<'step'> {
  readonly op: '++' | '--';
  readonly prefix: boolean;
  readonly of: Expr;
}
export interface BinaryExpr extends Node<'binary'> {
  readonly op: string;
  readonly left: Expr;
  readonly right: Expr;
}
export interface AssignExpr extends Node<'assign'> {
  readonly op: string;
  readonly left: Expr;
  readonly right: Expr;
}
export interface ConditionalExpr extends Node<'conditional'> {
  readonly condition: Expr;
  /** null: `a ?: b`. */
  readonly then: Expr | null;
  readonly otherwise: Expr;
}
export interface InitializerExpr extends Node<'initializer'> {
  readonly entries: readonly { readonly field: string | null; readonly value: Expr }[];
}

export type Expr =
  | NumberExpr
  | NameExpr
  | FieldExpr
  | CallExpr
  | UnaryExpr
  | StepExpr
  | BinaryExpr
  | AssignExpr
  | ConditionalExpr
  | InitializerExpr
  | Node<'string'>
  | (Node<'comma'> & { readonly first: Expr; readonly second: Expr })
  | (Node<'index'> & { readonly of: Expr; readonly index: Expr })
  | (Node<'cast'> & { readonly type: CType; readonly of: Expr })
  | (Node<'sizeof'> & { readonly of: Expr | CType })
  | (Node<'compound'> & { readonly type: CType; readonly value: Expr })
  | (Node<'statements'> & { readonly block: Block })
  /** Arguments of macros that are no expressions. */
  | (Node<'type'> & { readonly type: CType })
  | (Node<'raw'> & { readonly tokens: readonly Token[] });

export interface Block extends Node<'block'> {
  readonly list: readonly Stmt[];
}

export interface Variable {
  readonly name: string;
  readonly type: CType;
  readonly value: Expr | null;
  readonly at: At;
  /** Of `__free(f)`. */
  readonly cleanup: string | null;
  readonly isExtern: boolean;
  readonly isStatic: boolean;
}

export interface Declaration extends Node<'declaration'> {
  readonly variables: readonly Variable[];
}

export interface LoopStmt extends Node<'loop'> {
  readonly first: Stmt | null;
  readonly condition: Expr | null;
  readonly after: Expr | null;
  /** do ... while. */
  readonly bodyFirst: boolean;
  readonly body: Stmt;
}

/** `list_for_each_entry(...) statement`, `scoped_guard(...) statement`. */
export interface IteratorStmt extends Node<'iterator'> {
  readonly name: string;
  readonly args: readonly Expr[];
  readonly body: Stmt;
}

export interface CaseStmt extends Node<'case'> {
  /** null: default. */
  readonly value: Expr | null;
  readonly to: Expr | null;
  readonly body: Stmt;
}

export interface LabelStmt extends Node<'label'> {
  readonly name: string;
  readonly body: Stmt;
}

export type Stmt =
  | Block
  | Declaration
  | LoopStmt
  | IteratorStmt
  | CaseStmt
  | LabelStmt
  | Node<'empty'>
  | Node<'asm'>
  | Node<'break'>
  | Node<'continue'>
  | (Node<'expression'> & { readonly of: Expr })
  | (Node<'if'> & {
      readonly condition: Expr;
      readonly then: Stmt;
      readonly otherwise: Stmt | null;
    })
  | (Node<'switch'> & { readonly of: Expr; readonly body: Stmt })
  | (Node<'return'> & { readonly of: Expr | null })
  | (Node<'goto'> & { readonly label: string });

export interface FieldDef {
  /** null: an anonymous struct or union. */
  readonly name: string | null;
  readonly type: CType;
  readonly at: At;
}

export interface StructDef {
  readonly tag: string;
  readonly fields: readonly FieldDef[];
  readonly at: At;
}

export interface FunctionDef {
  readonly name: string;
  readonly type: FunctionType;
  readonly at: At;
  readonly isInline: boolean;
  /** null: it could not be read, and the diagnostic says why. */
  readonly body: Block | null;
}

/** `NAME(args)` at file level: DEFINE_MUTEX and its like. */
export interface FileMacro {
  readonly name: string;
  readonly args: readonly (readonly Token[])[];
  readonly at: At;
}

export interface EnumConstant {
  readonly value: Expr | null;
  readonly previous: string | null;
}

/** What one unit of C declares. */
export interface Unit {
  readonly structs: ReadonlyMap<string, StructDef>;
  readonly typedefs: ReadonlyMap<string, CType>;
  readonly variables: readonly Variable[];
  readonly functions: ReadonlyMap<string, FunctionDef>;
  readonly enums: ReadonlyMap<string, EnumConstant>;
  readonly macros: readonly FileMacro[];
}
