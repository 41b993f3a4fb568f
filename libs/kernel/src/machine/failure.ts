/**
 * The failure a run ended with, kept as a few integers: most runs of a buggy program fail, and building a string
 * for each would cost more than the run. signature() spells it out by the rules of semantics section 4:
 * a function of (state, step), with no task, instance or slot number in it.
 */
import { at } from '../assert.js';
import { KINDS, type Kind } from '../program/kinds.js';
import type { Detector } from '../operation/kernel.js';
import { Leaked } from './leaked.js';
import { spell } from './signature.js';
import type { Tables } from '../tables/tables.js';

const { imul } = Math;

/** Words of the longest failure: twenty things leaked, of three words each, or a cycle of all tasks. */
const WORDS_MAX = 128;

export class Failure implements Detector {
  /** [kind, function, detail ...]; valid up to `length`. */
  readonly words = new Int32Array(WORDS_MAX);
  length = 0;
  /** Number of the dead object the failure is about, 0 if none. Not part of the signature. */
  culprit = 0;
  private readonly byHash = new Map<number, number[]>();
  private readonly stored: Int32Array[] = [];
  private readonly signatures: string[] = [];

  constructor(private readonly tables: Tables) {}

  /** A detector of a primitive: kind at the running operation, with up to two details. */
  raise(kind: Kind, pc: number, detail = 0, second = 0): void {
    this.begin(kind);
    this.words[1] = this.tables.fn[pc] as number;
    this.words[2] = detail;
    this.words[3] = second;
    this.length = 4;
  }

  begin(kind: Kind): void {
    this.culprit = 0;
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
  object(
    kind: 'use-after-free' | 'double-free' | 'held-lock-freed',
    pc: number,
    object: number,
    life: number,
  ): void {
    const type = this.tables.typeOf[object] as number;
    this.raise(kind, pc, type, this.freedBy(type, life));
    this.culprit = object;
  }

  /** An access by a function that runs no operation yet: the worker that finds its item dead. */
  objectIn(fn: number, object: number, life: number): void {
    this.object('use-after-free', 0, object, life);
    this.words[1] = fn;
  }

  /** An operation in the text of a module that is gone: named by the outermost frame inside it. */
  moduleText(pc: number, module: number): void {
    const { program } = this.tables;
    let fn = this.tables.fn[pc] as number;
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

  /** Locks held where none may be: a leak of the function. */
  heldLocks(fn: number, classes: number): void {
    this.begin('leak');
    for (let rest = classes; rest !== 0; rest &= rest - 1) {
      this.push(Leaked.heldLock);
      this.push(fn);
      this.push(31 - Math.clz32(rest & -rest));
    }
  }

  kind(): Kind {
    return at(KINDS, this.words[0] as number);
  }

  /** A small number for the failure: equal words, equal number; several numbers may have one signature. */
  id(): number {
    let hash = 0;
    for (let i = 0; i < this.length; i++) hash = (imul(hash, 31) + (this.words[i] as number)) | 0;
    let known = this.byHash.get(hash);
    if (known === undefined) this.byHash.set(hash, (known = []));
    for (const id of known) if (this.sameAs(id)) return id;
    const id = this.stored.push(this.words.slice(0, this.length)) - 1;
    this.signatures.push(spell(this.tables, this.kind(), this.words, this.length));
    known.push(id);
    return id;
  }

  signatureOf(id: number): string {
    return at(this.signatures, id);
  }

  private sameAs(id: number): boolean {
    const words = at(this.stored, id);
    if (words.length !== this.length) return false;
    for (let i = 0; i < this.length; i++)
      if ((words[i] as number) !== (this.words[i] as number)) return false;
    return true;
  }

  /** The failure's signature. */
  signature(): string {
    return this.signatureOf(this.id());
  }

  private freedBy(type: number, life: number): number {
    const dead = life - at(this.tables.allocFns, type).length - 1;
    return this.tables.freeFns[type]?.[dead] ?? -1;
  }
}
