/**
 * The Program: a compiled scenario, variant and case as plain data. Everything that decides a choice point is in
 * it, so its digest names its behaviour. Indices refer to the lists of the same object; -1 or an absent key means none.
 * Shapes here, rules in validate.ts; which operations and kinds of fields there are, and what they mean, in ../primitives:
 * here they are names.
 */

/** Version of the JSON shape below. */
export const FORMAT = 2;
/** Version of what programs mean: primitives, draw, seed mix. An engine runs only the ones it implements. */
export const SEMANTICS = 2;

/** What is looked for beside the failures, where a program says so. */
export const DETECTED = ['data-race'] as const;
export type Detected = (typeof DETECTED)[number];

/** Contexts that must not sleep; the later ones interrupt the earlier. */
export const CONTEXTS = ['softirq', 'hardirq'] as const;
export type Context = (typeof CONTEXTS)[number];

/** What becomes of freed memory: kept apart for ever, or handed out again at once with zeros in it. */
export type ReusePolicy = 'quarantine' | 'zeroed';

/** A field of a type, or a static variable (a field of the one static object). */
export interface FieldDecl {
  readonly name: string;
  /** A kind of field that some primitive brings. */
  readonly kind: string;
  /** Of a kind with a range: smallest value, not above 0; 0 if absent. */
  readonly min?: number;
  /** Of a kind with a range: largest value, 1 if absent; past it the run stops with `bound exceeded`. */
  readonly max?: number;
  /** Of a kind with a range: value at allocation, 0 if absent. */
  readonly init?: number;
  /** The maximum means more than itself: a refcount saturates past it, a completion at it is complete for everybody. */
  readonly saturates?: true;
  /** ptr: index of the type pointed to. */
  readonly type?: number;
  /** work: index of the work function the item is bound to; absent if nothing queues it. */
  readonly work?: number;
}

/** What a whole host is composed of keeps its names: two things of one name are told apart by their parts. */
export interface OfPart {
  /** The part it belongs to; absent if its name is the only one. */
  readonly part?: string;
}

/** A static variable. */
export interface StaticDecl extends FieldDecl, OfPart {}

/** A typed pool of objects. A workqueue brings workers with each object. */
export interface TypeDecl extends OfPart {
  readonly name: string;
  readonly kind: 'struct' | 'workqueue';
  readonly count: number;
  /** workqueue: items that it runs at once (max_active), one worker each; 1 if absent, which makes it an ordered queue. */
  readonly workers?: number;
  readonly fields: readonly FieldDecl[];
}

export interface TableDecl extends OfPart {
  readonly name: string;
  readonly type: number;
  readonly entries: number;
}

export interface ModuleDecl extends OfPart {
  readonly name: string;
  /** Largest reference count. */
  readonly max: number;
}

/** A directory whose entries have unique names. */
export interface RegistryDecl extends OfPart {
  readonly name: string;
  readonly entries: number;
}

export interface FunctionDecl {
  readonly name: string;
  readonly file: string;
  /** Shown in traces, never the function of a signature. */
  readonly primitive?: true;
  /** Module whose text holds it. */
  readonly module?: number;
}

/** One inlined call: a function and the frame it was called from. */
export interface FrameDecl {
  readonly fn: number;
  readonly caller: number;
}

export interface LocalDecl {
  readonly name: string;
  readonly kind: 'int' | 'ptr';
  readonly min?: number;
  readonly max?: number;
  readonly type?: number;
}

/** Code with its locals; several tasks may run one body. */
export interface BodyDecl {
  readonly name: string;
  readonly entry: number;
  readonly locals: readonly LocalDecl[];
}

/** A work function: a body whose local 0 points to the object that embeds the item. */
export interface WorkDecl {
  readonly name: string;
  readonly body: number;
}

export interface TaskDecl {
  readonly name: string;
  readonly body: number;
  /** Starts with probability optional / 65536 under `rw`; a start is an event. */
  readonly optional?: number;
  /** Starts when the milestone is reached. */
  readonly after?: number;
  /** Values of locals at the start: pairs [local, value]. */
  readonly init?: readonly (readonly [number, number])[];
  /** It runs in this context; process context if absent. */
  readonly context?: Context;
  /** Of an interrupt: the task whose CPU it interrupts; absent: a CPU of its own. */
  readonly on?: number;
  /** What the prologue hands over when it ends: pairs [local, local of the prologue's body]. Held from then on. */
  readonly args?: readonly (readonly [number, number])[];
}

export interface FaultPoint {
  readonly name: string;
  /** Taken with probability weight / 65536 under `rw`. */
  readonly weight: number;
}

export interface OpDecl {
  readonly op: string;
  readonly args: readonly number[];
  /** Index of the following operation; 0 ends the body. */
  readonly next: number;
  /** Where a branching operation goes when its condition is false. */
  readonly alt?: number;
  readonly frame: number;
  readonly milestone?: number;
  readonly fault?: number;
  /** A switch away from here is no preemption. */
  readonly yields?: true;
  /** Head of a loop: what a livelock is named by. */
  readonly head?: true;
}

export interface Program {
  readonly format: number;
  readonly semantics: number;
  readonly scenario: string;
  readonly variant: string;
  readonly case: string;
  readonly title: string;
  readonly maxSteps: number;
  readonly types: readonly TypeDecl[];
  readonly statics: readonly StaticDecl[];
  readonly tables: readonly TableDecl[];
  readonly modules: readonly ModuleDecl[];
  readonly registries: readonly RegistryDecl[];
  readonly functions: readonly FunctionDecl[];
  readonly frames: readonly FrameDecl[];
  readonly bodies: readonly BodyDecl[];
  readonly works: readonly WorkDecl[];
  readonly tasks: readonly TaskDecl[];
  /** Body that runs before time 0, or -1. */
  readonly given: number;
  readonly milestones: readonly string[];
  /** Pairs [a, b]: a step labelled b is no candidate before a is reached. */
  readonly order: readonly (readonly [number, number])[];
  /** Milestones that some run must reach, or a clean verdict proves nothing. */
  readonly reaches: readonly number[];
  readonly faults: { readonly budget: number; readonly points: readonly FaultPoint[] };
  /** Workqueue types whose workers never get to run. */
  readonly parked: readonly number[];
  /** quarantine if absent. */
  readonly reuse?: ReusePolicy;
  /** Timers and timeouts may fire whenever they are armed; only when nothing else can run if absent. */
  readonly timeouts?: 'any';
  /** Absent: nothing. */
  readonly detect?: readonly Detected[];
  /** Names of what `invariant` and `busy_pool` check; absent if nothing does. */
  readonly checks?: readonly string[];
  /** Operation 0 is the end of every body. */
  readonly code: readonly OpDecl[];
}
