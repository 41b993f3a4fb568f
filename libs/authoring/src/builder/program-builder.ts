/**
 * Collects what a program declares, each thing at its first use, so that a variant carries only what it needs and two
 * builds of one address give the same bytes. Names are unique: in C two files may each have a static of one name, here
 * they would be one lock, so that is an error which says where both stand.
 */
import { fieldKindOf, type FieldDecl } from '@lastref/kernel';
import type { Fn } from '../language/callee.js';
import type { Idr, KernelModule, SysfsDirectory } from '../language/globals.js';
import type { DeclaredCase, DeclaredScenario, DeclaredVariant } from '../language/declared.js';
import { fieldsOf, type AnyField, type AnyStruct } from '../language/struct.js';
import type { Place } from '../language/values.js';
import { BuildError, didYouMean } from './build-error.js';
import { Frames } from './frames.js';
import { both, Site } from './site.js';

type WorkFn = Fn<readonly [never], void>;
interface Named {
  readonly name: string;
  readonly site: Site;
}

export class ProgramBuilder extends Frames {
  readonly types: AnyStruct[] = [];
  readonly statics: Place[] = [];
  readonly tables: Idr[] = [];
  readonly modules: KernelModule[] = [];
  readonly registries: SysfsDirectory[] = [];
  readonly works: { readonly fn: WorkFn; readonly owner: AnyStruct; readonly kind: string }[] = [];
  readonly milestones: string[];
  readonly milestonesSeen = new Set<string>();
  readonly faultPoints: string[];
  readonly faultsSeen = new Set<string>();
  readonly errnos: string[] = [];
  readonly checks: string[] = [];
  /** Where checks were written, by number; where structs were used first. */
  readonly checkSites: Site[] = [];
  readonly typeSites = new Map<AnyStruct, Site>();
  private readonly queued = new Set<string>();
  private readonly fieldsByStruct = new Map<AnyStruct, [string, AnyField][]>();

  constructor(
    readonly scenario: DeclaredScenario,
    readonly variant: DeclaredVariant,
    readonly spec: DeclaredCase,
    readonly address: string,
  ) {
    super();
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
  get size(): number {
    return this.types.length + this.works.length + this.queued.size + this.statics.length;
  }

  type(struct: AnyStruct): number {
    return indexOrAdd(this.types, struct, () => {
      if (struct.tag === '')
        throw new BuildError(`${this.address}: class ${struct.name} has no tag`);
      const site = new Site();
      const other = this.types.find(({ tag }) => tag === struct.tag);
      if (other !== undefined)
        throw this.twice(
          `two structs have the tag '${struct.tag}'`,
          both(
            `class ${other.name}, used first`,
            this.typeSites.get(other),
            `class ${struct.name}`,
            site,
          ),
        );
      this.typeSites.set(struct, site);
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
    const known = this.statics.findIndex(({ field }) => field === place.field);
    if (known < 0) return this.statics.push(place) - 1;
    const first = this.statics[known]?.site;
    if (first !== place.site)
      throw this.twice(
        `two static variables are called '${place.field}'`,
        both('one', first ?? undefined, 'one', place.site ?? undefined),
      );
    return known;
  }

  table(table: Idr): number {
    this.type(table.struct);
    return this.named(this.tables, table, 'idrs');
  }

  module(module: KernelModule): number {
    return this.named(this.modules, module, 'modules');
  }

  /** The module whose text a file is. */
  protected override moduleOf(file: string): number | undefined {
    const module = this.scenario.modules?.find(({ files }) => files.includes(file));
    return module === undefined ? undefined : this.module(module);
  }

  registry(registry: SysfsDirectory): number {
    return this.named(this.registries, registry, 'sysfs directories');
  }

  /** Notes that something queues the item, so that its function becomes part of the program. */
  queue(place: Place): void {
    if (place.struct !== null) this.queued.add(`${place.struct.tag}.${place.field}`);
  }

  private named<T extends Named>(list: T[], item: T, what: string): number {
    return indexOrAdd(list, item, () => {
      const other = list.find(({ name }) => name === item.name);
      if (other !== undefined)
        throw this.twice(
          `two ${what} are called '${item.name}'`,
          both('one', other.site, 'one', item.site),
        );
    });
  }

  /** Two things of one name. */
  twice(what: string, places: string): BuildError {
    return new BuildError(`${this.address}: ${what}: ${places}; give them different names`);
  }

  private workFunction(owner: AnyStruct, field: string): WorkFn {
    const binding = this.scenario.works?.find(([s, name]) => s === owner && name === field);
    if (binding === undefined)
      throw new BuildError(
        `${this.address}: ${owner.tag}.${field} is queued but bound to no function in works`,
      );
    return binding[2];
  }

  /** A work function, bound to the struct that embeds the item: once for each kind of item that runs it. */
  private work(fn: WorkFn, owner: AnyStruct, kind: string): number {
    const known = this.works.findIndex((w) => w.fn === fn && w.owner === owner && w.kind === kind);
    return known >= 0 ? known : this.works.push({ fn, owner, kind }) - 1;
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
    return indexOrAdd(this.checks, name, () => this.checkSites.push(new Site()));
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
          ? {
              name,
              kind: spec.kind,
              work: this.work(this.workFunction(owner, name), owner, spec.kind),
            }
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
