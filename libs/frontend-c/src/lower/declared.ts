/**
 * The structs, statics and workqueues of a model, made from the unit's declarations: fields that are accessed, embedded
 * structs flattened to `dev.kobj.kref`, words of flag bits split into one flag each.
 */
import {
  atomic,
  completion,
  field,
  flag,
  ptr,
  refcount,
  signed,
  statics,
  Struct,
  Workqueue,
  type AnyField,
  type AnyStruct,
  type Place,
} from '@lastref/authoring';
import type { FrontMatter } from '../front/schema.js';
import { LIMITS } from '../limits.js';
import type { Meaning } from '../scan/kinds.js';
import type { Scan } from '../scan/scan.js';
import type { CType, FileMacro } from '../syntax/ast.js';
import type { Diagnostics } from '../text/diagnostics.js';

const MOST_REFERENCES = 7;

/** File-level macros that define something the model knows. */
const DEFINERS = {
  DEFINE_MUTEX: 'mutex',
  DEFINE_SPINLOCK: 'spinlock',
  DEFINE_RAW_SPINLOCK: 'spinlock',
  DEFINE_RWLOCK: 'rwlock',
  DECLARE_RWSEM: 'rwsem',
  LIST_HEAD: 'list',
  DECLARE_WAIT_QUEUE_HEAD: 'waitqueue',
  DEFINE_STATIC_SRCU: 'srcu',
} as const;

/** File-level macros without a meaning for a model. */
const IGNORED =
  /^(MODULE_|EXPORT_|module_|__setup|DEVICE_ATTR|late_initcall|subsys_initcall|core_initcall)/;

export const SYSTEM_QUEUE = 'system_wq';

export class Declared {
  private readonly structs = new Map<string, AnyStruct>();
  private readonly queues = new Map<string, AnyStruct>();
  readonly statics: Readonly<Record<string, Place>>;

  constructor(
    private readonly scan: Scan,
    private readonly matter: FrontMatter,
    diagnostics: Diagnostics,
  ) {
    const fields: Record<string, AnyField> = {};
    for (const macro of scan.unit.macros) this.definer(macro, fields, diagnostics);
    for (const { name, type, value } of scan.unit.variables) {
      const meaning = scan.meaning(type);
      if (meaning.is === 'struct') {
        for (const [path, spec] of this.flattened(meaning.tag, `${name}.`)) fields[path] = spec;
        continue;
      }
      const spec = this.fieldOf(`.${name}`, type);
      if (spec === null) continue;
      const init = value === null ? 0 : (scan.constants.valueOf(value) ?? 0);
      fields[name] =
        spec.kind === 'int'
          ? {
              ...spec,
              init,
              min: Math.min(spec.min ?? 0, init),
              max: Math.max(spec.max ?? 1, init),
            }
          : spec;
    }
    fields[SYSTEM_QUEUE] = ptr(() => this.queue(SYSTEM_QUEUE));
    this.statics = statics(fields);
  }

  struct(tag: string): AnyStruct {
    const known = this.structs.get(tag);
    if (known !== undefined) return known;
    const count = this.matter.count[tag] ?? Math.min(15, 1 + (this.scan.allocations.get(tag) ?? 0));
    let fields: Record<string, AnyField> | null = null;
    const read = (): Record<string, AnyField> =>
      (fields ??= Object.fromEntries(this.flattened(tag, '')));
    const made = class extends Struct {
      static override readonly tag = tag;
      static override readonly count = count;

      constructor() {
        super();
        Object.assign(this, read());
      }
    };
    this.structs.set(tag, made);
    return made;
  }

  /** The workqueues that a field or static points to. */
  queue(key: string): AnyStruct {
    const known = this.queues.get(key);
    if (known !== undefined) return known;
    const tag = key.split('.').pop() ?? key;
    const workers =
      key === SYSTEM_QUEUE
        ? Math.max(1, this.scan.bindings.length)
        : (this.scan.queues.get(key) ?? 1);
    const made = class extends Workqueue {
      static override readonly tag = tag;
      static override readonly count = 1;
      static override readonly max_active = Math.min(4, workers);
    };
    this.queues.set(key, made);
    return made;
  }

  private definer(
    { name, args, at }: FileMacro,
    fields: Record<string, AnyField>,
    diagnostics: Diagnostics,
  ): void {
    const defined = args[0]?.[0]?.text;
    const kind = Object.entries(DEFINERS).find(([macro]) => macro === name)?.[1];
    if (kind !== undefined && defined !== undefined) fields[defined] = field(kind);
    else if (name === 'DECLARE_COMPLETION' && defined !== undefined) fields[defined] = completion();
    else if (!IGNORED.test(name))
      diagnostics.add({
        severity: 'error',
        at,
        message: `${name}(...) at file level is not known`,
        hint: `define it as a macro: #define ${name}(...)`,
      });
  }

  private *flattened(tag: string, prefix: string): Generator<[string, AnyField]> {
    for (const { name, type } of this.scan.unit.structs.get(tag)?.fields ?? []) {
      const meaning = this.scan.meaning(type);
      if (name === null) {
        if (meaning.is === 'struct') yield* this.flattened(meaning.tag, prefix);
        continue;
      }
      if (!this.scan.accessed.has(name)) continue;
      const key = `${tag}.${name}`;
      const bits = this.scan.bits.get(key);
      if (bits !== undefined) for (const bit of bits) yield [`${prefix}${name}.${bit}`, flag()];
      else if (meaning.is === 'struct') yield* this.flattened(meaning.tag, `${prefix}${name}.`);
      else {
        const spec = this.fieldOf(key, type);
        if (spec !== null) yield [prefix + name, spec];
      }
    }
  }

  private fieldOf(key: string, type: CType): AnyField | null {
    const meaning = this.scan.meaning(type);
    switch (meaning.is) {
      case 'int':
        return signed(...this.range(key, 1));
      case 'kind':
        return this.kind(key, meaning.kind);
      case 'pointer':
        return this.pointer(key, meaning.to);
      case 'void':
      case 'struct':
      case 'queue':
      case 'opaque':
        return null;
    }
  }

  private kind(key: string, kind: Extract<Meaning, { is: 'kind' }>['kind']): AnyField {
    const [min, max] = this.range(key, LIMITS.counter);
    if (kind === 'refcount') return refcount(this.matter.max[key] ?? MOST_REFERENCES);
    if (kind === 'atomic') return atomic(max, min);
    if (kind === 'completion') return completion();
    return field(kind);
  }

  private pointer(key: string, to: Meaning): AnyField | null {
    if (to.is === 'struct') return ptr(() => this.struct(to.tag));
    return to.is === 'queue' ? ptr(() => this.queue(key)) : null;
  }

  /** Smallest and largest value of an integer: what is stored, and what the front matter says. */
  private range(key: string, least: number): [min: number, max: number] {
    const {
      least: min,
      most,
      grows,
      varies,
    } = this.scan.stored.get(key) ?? {
      least: 0,
      most: 1,
      grows: false,
      varies: false,
    };
    const inferred = Math.max(
      least,
      most,
      grows ? LIMITS.counter : 0,
      varies ? this.matter.ints : 0,
    );
    return [min, this.matter.max[key.replace(/^\./, '')] ?? inferred];
  }
}
