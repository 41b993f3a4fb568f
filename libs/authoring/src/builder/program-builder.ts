/**
 * Collects what a program declares, each thing at its first use, so that a variant carries only what it needs and two
 * builds of one address give the same bytes.
 */
import { fieldKindOf, type FieldDecl, type FrameDecl, type FunctionDecl } from '@lastref/kernel';
import type { Fn } from '../language/fn.js';
import type { Idr, KernelModule, SysfsDirectory } from '../language/globals.js';
import type { CaseSpec, Scenario, VariantSpec } from '../language/scenario.js';
import { fieldsOf, type AnyField, type AnyStruct } from '../language/struct.js';
import type { Place } from '../language/values.js';
import { BuildError, didYouMean } from './build-error.js';

type WorkFn = Fn<readonly [never], void>;

export class ProgramBuilder {
  readonly types: AnyStruct[] = [];
  readonly statics: { readonly name: string; readonly spec: AnyField }[] = [];
  readonly tables: Idr[] = [];
  readonly modules: KernelModule[] = [];
  readonly registries: SysfsDirectory[] = [];
  readonly functions: FunctionDecl[] = [];
  readonly frames: FrameDecl[] = [];
  readonly works: { readonly fn: WorkFn; readonly owner: AnyStruct }[] = [];
  readonly milestones: string[];
  readonly milestonesSeen = new Set<string>();
  readonly faultPoints: string[];
  readonly faultsSeen = new Set<string>();
  readonly errnos: string[] = [];
  readonly checks: string[] = [];
  private readonly queued = new Set<string>();
  private readonly fieldsByStruct = new Map<AnyStruct, [string, AnyField][]>();

  constructor(
    readonly scenario: Scenario,
    readonly variant: VariantSpec,
    readonly spec: CaseSpec,
    readonly address: string,
  ) {
    const named = [
      ...(spec.order ?? []).flat(),
      ...(spec.reaches ?? []),
      ...spec.tasks.flatMap((t) => t.after ?? []),
    ];
    this.milestones = [...new Set(named)];
    this.faultPoints = Object.keys(spec.faults?.points ?? {});
  }

  /** Grows with every declaration: equal sizes mean that nothing new was found. */
  get size(): number {
    return this.types.length + this.works.length + this.queued.size + this.statics.length;
  }

  type(struct: AnyStruct): number {
    return indexOrAdd(this.types, struct, () => {
      if (struct.tag === '')
        throw new BuildError(`${this.address}: class ${struct.name} has no tag`);
    });
  }

  fields(struct: AnyStruct): [string, AnyField][] {
    let fields = this.fieldsByStruct.get(struct);
    if (fields === undefined) {
      fields = fieldsOf(struct);
      this.fieldsByStruct.set(struct, fields);
    }
    return fields;
  }

  /** Index of a place's field in its struct, or among the statics. */
  field(place: Place): number {
    if (place.struct !== null)
      return this.fields(place.struct).findIndex(([name]) => name === place.field);
    const known = this.statics.findIndex((s) => s.name === place.field);
    return known >= 0 ? known : this.statics.push({ name: place.field, spec: place.spec }) - 1;
  }

  table(table: Idr): number {
    this.type(table.struct);
    return indexOrAdd(this.tables, table);
  }

  module(module: KernelModule): number {
    return indexOrAdd(this.modules, module);
  }

  registry(registry: SysfsDirectory): number {
    return indexOrAdd(this.registries, registry);
  }

  /** Notes that something queues the item, so that its function becomes part of the program. */
  queue(place: Place): void {
    if (place.struct !== null) this.queued.add(`${place.struct.tag}.${place.field}`);
  }

  private workFunction(owner: AnyStruct, field: string): WorkFn {
    const binding = this.scenario.works?.find(([s, name]) => s === owner && name === field);
    if (binding === undefined)
      throw new BuildError(
        `${this.address}: ${owner.tag}.${field} is queued but bound to no function in works`,
      );
    return binding[2];
  }

  /** A work function, bound to the struct that embeds the item. */
  private work(fn: WorkFn, owner: AnyStruct): number {
    const known = this.works.findIndex((w) => w.fn === fn && w.owner === owner);
    return known >= 0 ? known : this.works.push({ fn, owner }) - 1;
  }

  /** The frame of a call: one per function and calling frame. */
  frame(name: string, file: string, primitive: boolean, caller: number): number {
    const module = this.scenario.modules?.find((m) => m.files.includes(file));
    let fn = this.functions.findIndex((f) => f.name === name && f.file === file);
    if (fn < 0)
      fn =
        this.functions.push({
          name,
          file,
          ...(primitive ? { primitive } : {}),
          ...(module === undefined ? {} : { module: this.module(module) }),
        }) - 1;
    const known = this.frames.findIndex((f) => f.fn === fn && f.caller === caller);
    return known >= 0 ? known : this.frames.push({ fn, caller }) - 1;
  }

  /** Names of the functions from this frame outwards. */
  trace(frame: number): string {
    const names: string[] = [];
    for (let f = this.frames[frame]; f !== undefined; f = this.frames[f.caller]) {
      const fn = this.functions[f.fn];
      if (fn !== undefined) names.push(fn.file === '-' ? fn.name : `${fn.name} (${fn.file})`);
    }
    return names.join(' < ');
  }

  /** Number of a milestone the case names, or undefined for a label it does not. */
  milestone(name: string): number | undefined {
    this.milestonesSeen.add(name);
    const index = this.milestones.indexOf(name);
    return index < 0 ? undefined : index;
  }

  fault(name: string): number | undefined {
    this.faultsSeen.add(name);
    const index = this.faultPoints.indexOf(name);
    return index < 0 ? undefined : index;
  }

  /** Number of what an invariant or a busy pool is called. */
  check(name: string): number {
    return indexOrAdd(this.checks, name);
  }

  errno(name: string): number {
    const index = this.errnos.indexOf(name);
    return 1 + (index < 0 ? this.errnos.push(name) - 1 : index);
  }

  /** Labels that the case names must exist in its code. */
  checkLabels(): void {
    for (const name of this.milestones)
      if (!this.milestonesSeen.has(name))
        throw new BuildError(
          `${this.address}: no step is labelled '${name}'${didYouMean(name, [...this.milestonesSeen])}`,
        );
    for (const name of this.faultPoints)
      if (!this.faultsSeen.has(name))
        throw new BuildError(
          `${this.address}: no allocation is named '${name}'${didYouMean(name, [...this.faultsSeen])}`,
        );
  }

  /** A field's declaration; pointers and work items register what they refer to. */
  fieldDecl(name: string, spec: AnyField, owner: AnyStruct | null): FieldDecl {
    const { range, names } = fieldKindOf(spec.kind);
    switch (names) {
      case 'nothing':
        return { name, kind: spec.kind, ...(range === 'none' ? {} : rangeOf(spec)) };
      case 'type':
        if (spec.target === undefined)
          throw new BuildError(`${this.address}: ${name} points nowhere`);
        return { name, kind: spec.kind, type: this.type(spec.target()) };
      case 'work':
        return owner !== null && this.queued.has(`${owner.tag}.${name}`)
          ? { name, kind: spec.kind, work: this.work(this.workFunction(owner, name), owner) }
          : { name, kind: spec.kind };
    }
  }
}

/** Smallest, largest and first value; what is 0 is left out. */
const rangeOf = ({ min = 0, max = 1, init = 0 }: AnyField): Partial<FieldDecl> => ({
  ...(min === 0 ? {} : { min }),
  max,
  ...(init === 0 ? {} : { init }),
});

function indexOrAdd<T>(list: T[], item: T, onAdd?: () => void): number {
  const known = list.indexOf(item);
  if (known >= 0) return known;
  onAdd?.();
  return list.push(item) - 1;
}
