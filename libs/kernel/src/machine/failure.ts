/**
 * The failure a run ended with, kept as a few integers: most runs of a buggy program fail, and building a string
 * for each would cost more than the run. signature() spells it out by the rules of semantics section 4:
 * a function of (state, step), with no task, instance or slot number in it.
 */
import { at } from '../assert.js';
import { cell } from '../state/cell.js';
import { KINDS, type Kind } from './kinds.js';
import { spell } from './signature.js';
import type { Tables } from './tables.js';

export class Failure {
  /** [kind, function, detail ...]; valid up to `length`. */
  readonly words = new Int32Array(64);
  length = 0;
  private readonly spelled = new Map<string, string>();

  constructor(private readonly tables: Tables) {}

  /** A detector of a primitive: kind at the running operation, with up to two details. */
  raise(kind: Kind, pc: number, detail = 0, second = 0): void {
    this.begin(kind);
    this.words[1] = cell(this.tables.fn, pc);
    this.words[2] = detail;
    this.words[3] = second;
    this.length = 4;
  }

  begin(kind: Kind): void {
    this.words[0] = KINDS.indexOf(kind);
    this.length = 1;
  }

  push(value: number): void {
    this.words[this.length++] = value;
  }

  nullDereference(pc: number, row: number): void {
    this.raise('null-deref', pc, pc, row & 15);
  }

  /** An access to, or the freeing of, an object that is dead; its life value remembers who freed it. */
  object(kind: 'use-after-free' | 'double-free' | 'held-lock-freed', pc: number, object: number, life: number): void {
    const type = cell(this.tables.typeOf, object);
    this.raise(kind, pc, type, this.freedBy(type, life));
  }

  /** An access by a function that runs no operation yet: the worker that finds its item dead. */
  objectIn(fn: number, object: number, life: number): void {
    this.object('use-after-free', 0, object, life);
    this.words[1] = fn;
  }

  /** An operation in the text of a module that is gone: named by the outermost frame inside it. */
  moduleText(pc: number, module: number): void {
    const { program } = this.tables;
    let fn = cell(this.tables.fn, pc);
    for (let f = at(program.code, pc).frame; f >= 0; f = at(program.frames, f).caller) {
      const candidate = at(program.frames, f).fn;
      if (at(program.functions, candidate).module === module) fn = candidate;
    }
    this.raise('module-text-fault', pc, module);
    this.words[1] = fn;
  }

  moduleTextOf(fn: number, module: number): void {
    this.raise('module-text-fault', 0, module);
    this.words[1] = fn;
  }

  kind(): Kind {
    return at(KINDS, cell(this.words, 0));
  }

  /** The failure's signature. */
  signature(): string {
    const key = this.words.subarray(0, this.length).join(' ');
    let text = this.spelled.get(key);
    if (text === undefined) {
      text = spell(this.tables, this.kind(), this.words, this.length);
      this.spelled.set(key, text);
    }
    return text;
  }

  private freedBy(type: number, life: number): number {
    const dead = life - at(this.tables.allocFns, type).length - 1;
    return this.tables.freeFns[type]?.[dead] ?? -1;
  }
}

