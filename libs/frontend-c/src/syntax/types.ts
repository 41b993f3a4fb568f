/** Types: specifiers, declarators, struct, union and enum. An unknown name is a type where only a declarator can follow. */
import type { At } from '../text/position.js';
import type { CType, EnumConstant, Expr, FieldDef, Parameter, StructDef } from './ast.js';
import { Cursor } from './cursor.js';
import {
  ASSIGNMENTS,
  ATTRIBUTE_CALLS,
  ATTRIBUTES,
  BASE_TYPES,
  isBaseType,
  QUALIFIERS,
} from './words.js';

export interface Specifiers {
  readonly type: CType;
  readonly words: ReadonlySet<string>;
}

export interface Declarator {
  readonly name: string | null;
  readonly type: CType;
  readonly at: At;
  /** Of `__free(f)`. */
  readonly cleanup: string | null;
}

export abstract class Types extends Cursor {
  protected readonly structs = new Map<string, StructDef>();
  protected readonly typedefs = new Map<string, CType>();
  protected readonly enums = new Map<string, EnumConstant>();
  private cleanup: string | null = null;

  protected abstract expression(): Expr;
  protected abstract constant(): Expr;

  protected isType(name: string): boolean {
    return isBaseType(name) || this.typedefs.has(name);
  }

  protected attributes(): void {
    for (;;) {
      const { text } = this.token();
      if (!this.isName()) return;
      if (ATTRIBUTES.has(text) && !this.is('(', 1)) this.next();
      else if (ATTRIBUTE_CALLS.has(text) && this.is('(', 1)) {
        if (text === '__free' || text === '__cleanup') this.cleanup = this.token(2).text;
        this.next();
        this.skipBalanced('(', ')');
      } else return;
    }
  }

  protected specifiers(top = false): Specifiers {
    const words = new Set<string>();
    const names: string[] = [];
    let type: CType | null = null;
    for (;;) {
      this.attributes();
      const { text } = this.token();
      if (!this.isName()) break;
      if (QUALIFIERS.has(text)) words.add(this.next().text);
      else if (type === null && names.length === 0 && /^(struct|union|enum)$/.test(text))
        type = this.tagged();
      else if (
        type === null &&
        names.length === 0 &&
        /^(typeof|__typeof__|__auto_type)$/.test(text)
      )
        type = this.typeOf();
      else if (type === null && names.length === 0 && this.beginsNamed(top)) {
        this.next();
        if (BASE_TYPES.has(text)) names.push(text);
        else type = { kind: 'named', name: text };
      } else if (type === null && names.length > 0 && BASE_TYPES.has(text))
        names.push(this.next().text);
      else break;
    }
    if (type !== null) return { type, words };
    if (names.length === 0) throw this.expected('a type');
    return {
      type: names.includes('void') ? { kind: 'void' } : { kind: 'int', name: names.join(' ') },
      words,
    };
  }

  private typeOf(): CType {
    this.next();
    if (!this.eat('(')) return { kind: 'typeof', of: null };
    const of = this.startsType() ? this.typeName() : this.expression();
    this.want(')');
    return { kind: 'typeof', of };
  }

  private beginsNamed(top: boolean): boolean {
    return this.isType(this.token().text) || this.nameThenDeclarator(top);
  }

  /** An unknown name is a type if what follows can only be a declarator. */
  protected nameThenDeclarator(top: boolean): boolean {
    let k = 1;
    while (this.is('*', k) || this.is('const', k) || ATTRIBUTES.has(this.token(k).text)) k++;
    if (!this.isName(k)) return top && this.is('(', k) && k > 1;
    const behind = this.token(k + 1);
    return (
      k === 1 ||
      top ||
      /^[;,=[)]$/.test(behind.text) ||
      ATTRIBUTES.has(behind.text) ||
      ATTRIBUTE_CALLS.has(behind.text)
    );
  }

  private tagged(): CType {
    const word = this.next().text;
    this.attributes();
    const { at } = this;
    const name = this.isName() ? this.next().text : null;
    this.attributes();
    if (word === 'enum') {
      if (this.is('{')) this.enumerators();
      return { kind: 'int', name: `enum ${name ?? ''}` };
    }
    const tag = name ?? `<anonymous ${at.file}:${at.line}:${at.column}>`;
    if (this.is('{')) {
      const fields = this.nested(() => this.fields());
      this.structs.set(tag, { tag, fields, at });
    } else if (name === null) throw this.expected(`a name or '{'`);
    return { kind: 'struct', tag };
  }

  private enumerators(): void {
    this.want('{');
    let previous: string | null = null;
    while (!this.is('}')) {
      const { text } = this.wantName('a name');
      this.attributes();
      const value = this.eat('=') ? this.constant() : null;
      this.enums.set(text, { value, previous });
      previous = text;
      if (!this.eat(',')) break;
    }
    this.want('}');
    this.attributes();
  }

  private fields(): FieldDef[] {
    this.want('{');
    const fields: FieldDef[] = [];
    while (!this.is('}')) {
      if (this.eat(';')) continue;
      if (this.atEnd) throw this.expected("'}'");
      fields.push(...this.fieldGroup());
    }
    this.want('}');
    this.attributes();
    return fields;
  }

  private fieldGroup(): FieldDef[] {
    const { at } = this;
    const { type } = this.specifiers();
    if (this.eat(';')) return type.kind === 'struct' ? [{ name: null, type, at }] : [];
    const fields: FieldDef[] = [];
    do {
      if (!this.is(':')) {
        const { name, type: own, at: where } = this.declarator(type);
        fields.push({ name, type: own, at: where });
      }
      if (this.eat(':')) this.constant();
      this.attributes();
    } while (this.eat(','));
    this.want(';');
    return fields;
  }

  protected declarator(base: CType, abstract = false): Declarator {
    this.cleanup = null;
    const { name, at, wrap } = this.nested(() => this.declaratorParts(abstract));
    this.attributes();
    return { name, at, type: wrap(base), cleanup: this.cleanup };
  }

  /** Read outside in: what is nearer to the name is applied last. */
  private declaratorParts(abstract: boolean): {
    name: string | null;
    at: At;
    wrap: (base: CType) => CType;
  } {
    let stars = 0;
    for (;;) {
      this.attributes();
      if (this.eat('*')) stars++;
      else if (QUALIFIERS.has(this.token().text)) this.next();
      else break;
    }
    const pointed = (base: CType): CType => {
      let type = base;
      for (let i = 0; i < stars; i++) type = { kind: 'pointer', to: type };
      return type;
    };
    const { at } = this;
    if (this.is('(') && !(abstract && (this.is(')', 1) || this.startsType(1)))) {
      this.next();
      const inner = this.nested(() => this.declaratorParts(abstract));
      this.want(')');
      const suffix = this.suffix();
      return { ...inner, wrap: (base) => inner.wrap(suffix(pointed(base))) };
    }
    let name: string | null = null;
    if (this.isName() && !QUALIFIERS.has(this.token().text)) name = this.next().text;
    else if (!abstract) throw this.expected('a name');
    const suffix = this.suffix();
    return { name, at, wrap: (base) => suffix(pointed(base)) };
  }

  private suffix(): (type: CType) => CType {
    this.attributes();
    if (this.eat('[')) {
      this.eat('static');
      if (!this.is(']')) this.expression();
      this.want(']');
      const inner = this.nested(() => this.suffix());
      return (type) => ({ kind: 'array', of: inner(type) });
    }
    if (!this.is('(')) return (type) => type;
    const parameters = this.parameters();
    return (returns) => ({ kind: 'function', returns, parameters });
  }

  private parameters(): Parameter[] {
    this.want('(');
    const parameters: Parameter[] = [];
    if (this.is('void') && this.is(')', 1)) this.next();
    while (!this.is(')')) {
      if (this.eat('...')) break;
      const { type } = this.specifiers(true);
      const { name, type: own, at } = this.declarator(type, true);
      parameters.push({ name, type: decayed(own), at });
      if (!this.eat(',')) break;
    }
    this.want(')');
    return parameters;
  }

  protected startsType(ahead = 0): boolean {
    if (!this.isName(ahead)) return false;
    const { text } = this.token(ahead);
    if (/^(struct|union|enum|const|volatile|typeof|__typeof__)$/.test(text)) return true;
    if (ATTRIBUTES.has(text)) return this.startsType(ahead + 1);
    const isCall = this.is('(', ahead + 1) && !this.typedefs.has(text) && !BASE_TYPES.has(text);
    return this.isType(text) && !isCall;
  }

  protected typeName(): CType {
    const { type } = this.specifiers();
    return this.declarator(type, true).type;
  }

  /** Whether a declaration begins here, not an expression. */
  protected startsDeclaration(): boolean {
    const { text } = this.token();
    if (!this.isName()) return false;
    if (QUALIFIERS.has(text) || /^(struct|union|enum|typeof|__typeof__|__auto_type)$/.test(text))
      return true;
    if (ATTRIBUTES.has(text) && !this.is('(', 1)) return true;
    if (this.is(':', 1) || (this.is('(', 1) && !this.isType(text))) return false;
    if (this.isType(text)) {
      if (!this.isName(1) && !this.is('*', 1)) return this.is('(', 1) && this.is('*', 2);
      return this.nameThenDeclarator(false) || BASE_TYPES.has(text) || this.typedefs.has(text);
    }
    const behind = this.token(2).text;
    if (this.isName(1))
      return (
        (behind === '=' || !ASSIGNMENTS.has(behind)) && (/^[;,=[]$/.test(behind) || this.isName(2))
      );
    if (!this.is('*', 1) || !this.nameThenDeclarator(false)) return false;
    let k = 1;
    while (this.is('*', k)) k++;
    return /^[=;,]$/.test(this.token(k + 1).text);
  }
}

/** What a parameter of array or function type is. */
const decayed = (type: CType): CType => {
  if (type.kind === 'array') return { kind: 'pointer', to: type.of };
  return type.kind === 'function' ? { kind: 'pointer', to: type } : type;
};
