/**
 * Collects what a program declares, each thing at its first use, so that a variant carries only what it needs and two
 * builds of one address give the same bytes. Names are unique: in C two files may each have a static of one name, here
 * they would be one lock, so that is an error which says where both stand (names.ts). What is declared in code of a part
 * of a host is looked up in that part's scenario.
 */
import { fieldKindOf, type FieldDecl } from '@lastref/kernel';
import type { Fn } from '../language/callee.js';
import {
  Context,
  type DeclaredCase,
  type DeclaredScenario,
  type DeclaredVariant,
} from '../language/declared.js';
import { Idr, type KernelModule, type SysfsDirectory } from '../language/globals.js';
import { fieldsOf, type AnyField, type AnyStruct, type FieldOf } from '../language/struct.js';
import type { Place } from '../language/values.js';
import { BuildError, didYouMean } from './build-error.js';
import { Frames } from './frames.js';
import { Named, Names } from './names.js';
import { both, Site } from './site.js';

type WorkFn = Fn<readonly [never], void>;

/** A work function, the struct that embeds the item, and what both belong to. */
export interface BoundWork {
  readonly fn: WorkFn;
  readonly owner: AnyStruct;
  readonly context: Context;
}

export class ProgramBuilder extends Frames {
  /** Whose code is being built. */
  context: Context;
  readonly types: AnyStruct[] = [];
  readonly statics: Named<Place>;
  readonly tables: Named<Idr>;
  readonly modules: Named<KernelModule>;
  readonly registries: Named<SysfsDirectory>;
  readonly works: (BoundWork & { readonly kind: string })[] = [];
  readonly milestones: string[];
  readonly milestonesSeen = new Set<string>();
  readonly faultPoints: string[];
  readonly faultsSeen = new Set<string>();
  readonly errnos: string[] = [];
  readonly checks: string[] = [];
  /** Where checks were written, by number; where structs were used first. */
  readonly checkSites: Site[] = [];
  readonly typeSites = new Map<AnyStruct, Site>();
  readonly names: Names;
  /** The parts that use each struct; the first names it where several have one of its tag. */
  private readonly typeUsers = new Map<AnyStruct, Set<Context>>();
  private readonly queued = new Map<AnyStruct, Set<string>>();
  private queuedItems = 0;
  private readonly saturated = new Set<AnyField>();
  private readonly fieldsByStruct = new Map<AnyStruct, [string, AnyField][]>();

  constructor(
    readonly scenario: DeclaredScenario,
    readonly variant: DeclaredVariant,
    readonly spec: DeclaredCase,
    readonly address: string,
  ) {
    super();
    this.context = new Context(null, scenario, variant, spec);
    const names = new Names(address, spec.composed);
    this.names = names;
    const part = (): string | null => this.context.part;
    this.statics = new Named<Place>(
      'static variables',
      names,
      part,
      ({ field, spec: { kind, min = 0, max = 1, init = 0 } }) => [field, kind, min, max, init],
    );
    this.tables = new Named<Idr>('idrs', names, part, ({ name, struct, entries }) => [
      name,
      struct,
      entries,
    ]);
    this.modules = new Named<KernelModule>('modules', names, part, ({ name, max }) => [name, max]);
    this.registries = new Named<SysfsDirectory>(
      'sysfs directories',
      names,
      part,
      ({ name, entries }) => [name, entries],
    );
    const named = [
      ...(spec.order ?? []).flat(),
      ...(spec.reaches ?? []),
      ...spec.tasks.flatMap((t) => t.after ?? []),
    ];
    this.milestones = [...new Set(named)];
    const known = Object.keys(scenario.switches);
    for (const name of variant.switches)
      if (!known.includes(name))
        throw new BuildError(
          `${address}: the variant turns on '${name}', which is no switch of the scenario${didYouMean(name, known)}`,
        );
    this.faultPoints = Object.keys(spec.faults?.points ?? {});
  }

  /** Grows with every declaration: equal sizes mean that nothing new was found. */
  get declared(): number {
    const { types, works, queuedItems, statics, saturated } = this;
    return types.length + works.length + queuedItems + statics.list.length + saturated.size;
  }

  /** Builds code of a part of a host. */
  within(context: Context, code: () => void): void {
    const outer = this.context;
    this.context = context;
    code();
    this.context = outer;
  }

  /** A struct that code uses. */
  type(struct: AnyStruct): number {
    const users = this.typeUsers.get(struct) ?? new Set();
    this.typeUsers.set(struct, users.add(this.context));
    return this.declaredType(struct);
  }

  /** A struct that code uses or a field points to. */
  private declaredType(struct: AnyStruct): number {
    return indexOrAdd(this.types, struct, () => {
      if (struct.tag === '')
        throw new BuildError(`${this.address}: class ${struct.name} has no tag`);
      const site = new Site();
      const other = this.types.find(({ tag }) => tag === struct.tag);
      if (
        other !== undefined &&
        !this.names.areApart(struct.tag, this.partOfType(other), this.context.part)
      )
        throw this.names.twice(
          `two structs have the tag '${struct.tag}'`,
          both(
            `class ${other.name}, used first`,
            this.typeSites.get(other),
            `class ${struct.name}`,
            site,
          ),
          { name: struct.tag, ways: ['apart'] },
        );
      this.typeSites.set(struct, site);
    });
  }

  private partOfType(struct: AnyStruct): string | null {
    const [first] = this.typeUsers.get(struct) ?? [];
    return first?.part ?? null;
  }

  /** The part that a struct is of, where another part has one of that tag. */
  partOf(struct: AnyStruct): { part?: string } {
    const part = this.partOfType(struct);
    const alone = this.types.every((other) => other === struct || other.tag !== struct.tag);
    return alone || part === null ? {} : { part };
  }

  /** Size of a struct's pool: what the case says, else the struct; of a host, what its parts say together. */
  count(struct: AnyStruct): number {
    const own = ({ spec }: Context): number | undefined =>
      spec.objects?.find(([s]) => s === struct)?.[1];
    const said = own(this.context);
    if (said !== undefined || this.spec.composed === undefined) return said ?? struct.count;
    const users = this.typeUsers.get(struct);
    const counts = this.spec.composed.parts
      .filter((part) => users?.has(part) === true || own(part) !== undefined)
      .map((part) => own(part) ?? struct.count);
    return counts.length === 0 ? struct.count : counts.reduce((sum, n) => sum + n, 0);
  }

  fields(struct: AnyStruct): [string, AnyField][] {
    let fields = this.fieldsByStruct.get(struct);
    if (fields === undefined) {
      fields = fieldsOf(struct).map(([name, spec]) => [name, this.ranged(spec)]);
      this.fieldsByStruct.set(struct, fields);
    }
    return fields;
  }

  /** The size of an idr, a sysfs directory, a module's count: what the case says, else its own. */
  size(item: Idr | SysfsDirectory | KernelModule): number {
    const said = [this.context.spec, ...(this.spec.composed?.parts ?? []).map(({ spec }) => spec)]
      .flatMap(({ sizes = [] }) => sizes)
      .filter(([thing]) => thing === item)
      .map(([, size]) => size);
    if (said.length > 0) return Math.max(...said);
    return 'entries' in item ? item.entries : item.max;
  }

  private ranged(spec: AnyField): AnyField {
    const idr = spec.into?.();
    return idr instanceof Idr ? { ...spec, max: Math.max(1, this.size(idr) - 1) } : spec;
  }

  /** Index of a place's field in its struct, or among the statics. */
  field(place: Place): number {
    if (place.struct !== null)
      return this.fields(place.struct).findIndex(([name]) => name === place.field);
    return this.statics.number(place);
  }

  table(table: Idr): number {
    this.type(table.struct);
    return this.tables.number(table);
  }

  module(module: KernelModule): number {
    return this.modules.number(module);
  }

  /** The module whose text a file is. */
  protected override moduleOf(file: string): number | undefined {
    const module = this.context.scenario.modules?.find(({ files }) => files.includes(file));
    return module === undefined ? undefined : this.module(module);
  }

  registry(registry: SysfsDirectory): number {
    return this.registries.number(registry);
  }

  /** Notes that something queues the item, so that its function becomes part of the program. */
  queue(place: Place): void {
    if (place.struct === null) return;
    const fields = this.queued.get(place.struct) ?? new Set();
    if (!fields.has(place.field)) this.queuedItems++;
    this.queued.set(place.struct, fields.add(place.field));
  }

  /** Notes that something sets the field to a value above all counts. */
  saturate({ spec }: Place<FieldOf<string, unknown>>): void {
    this.saturated.add(spec);
  }

  /** What a work item is bound to, by the scenario or by the one part that says so. */
  private workFunction(owner: AnyStruct, field: string): BoundWork {
    const contexts = [this.context, ...(this.spec.composed?.parts ?? [])];
    const [found, other] = contexts.flatMap((context) =>
      (context.scenario.works ?? [])
        .filter(([struct, name]) => struct === owner && name === field)
        .map(([, , fn]) => ({ fn, owner, context })),
    );
    if (found === undefined)
      throw new BuildError(
        `${this.address}: ${owner.tag}.${field} is queued but bound to no function in works`,
      );
    if (other !== undefined && other.context !== found.context)
      throw new BuildError(
        `${this.address}: ${owner.tag}.${field} is bound to ${found.fn.name} by part '${found.context.part ?? ''}' and to ${other.fn.name} by part '${other.context.part ?? ''}': one work item runs one function, give the parts structs of their own`,
      );
    return found;
  }

  /** A work function, bound to the struct that embeds the item: once for each kind of item that runs it. */
  private work(bound: BoundWork, kind: string): number {
    const known = this.works.findIndex(
      (w) => w.fn === bound.fn && w.owner === bound.owner && w.kind === kind,
    );
    return known >= 0 ? known : this.works.push({ ...bound, kind }) - 1;
  }

  /** Number of a milestone the case names, or undefined for a label it does not. */
  milestone(label: string): number | undefined {
    const name = this.context.label(label);
    this.milestonesSeen.add(name);
    const index = this.milestones.indexOf(name);
    return index < 0 ? undefined : index;
  }

  fault(allocation: string): number | undefined {
    const name = this.context.label(allocation);
    this.faultsSeen.add(name);
    const index = this.faultPoints.indexOf(name);
    return index < 0 ? undefined : index;
  }

  /** Number of what an invariant or a busy pool is called. */
  check(name: string): number {
    return indexOrAdd(this.checks, name, () => this.checkSites.push(new Site()));
  }

  errno(name: string): number {
    const index = this.errnos.indexOf(name);
    return 1 + (index < 0 ? this.errnos.push(name) - 1 : index);
  }

  /** Labels that the case names must exist in its code. */
  checkLabels(): void {
    this.names.checkSaid(this.types.map(({ tag }) => tag));
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

  private rangeOf(spec: AnyField): Partial<FieldDecl> {
    if (!this.saturated.has(spec)) return rangeOf(spec);
    return rangeOf({ ...spec, max: (spec.max ?? 1) + 1, saturates: true });
  }

  /** A field's declaration; pointers and work items register what they refer to. */
  fieldDecl(name: string, spec: AnyField, owner: AnyStruct | null): FieldDecl {
    const { range, names } = fieldKindOf(spec.kind);
    switch (names) {
      case 'nothing':
        return { name, kind: spec.kind, ...(range === 'none' ? {} : this.rangeOf(spec)) };
      case 'type':
        if (spec.target === undefined)
          throw new BuildError(`${this.address}: ${name} points nowhere`);
        return { name, kind: spec.kind, type: this.declaredType(spec.target()) };
      case 'work': {
        const decl = { name, kind: spec.kind, ...(range === 'none' ? {} : this.rangeOf(spec)) };
        return owner !== null && this.queued.get(owner)?.has(name) === true
          ? { ...decl, work: this.work(this.workFunction(owner, name), spec.kind) }
          : decl;
      }
    }
  }
}

/** Smallest, largest and first value; what is 0 is left out. */
const rangeOf = ({ min = 0, max = 1, init = 0, saturates }: AnyField): Partial<FieldDecl> => ({
  ...(min === 0 ? {} : { min }),
  max,
  ...(init === 0 ? {} : { init }),
  ...(saturates === undefined ? {} : { saturates }),
});

function indexOrAdd<T>(list: T[], item: T, onAdd?: () => void): number {
  const known = list.indexOf(item);
  if (known >= 0) return known;
  onAdd?.();
  return list.push(item) - 1;
}
