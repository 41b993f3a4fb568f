/**
 * A run followed on another program: the other variant's tasks take the same steps in the same order, as far as they have them. A step is
 * known by its task's name, its function and its operation. Where the other program has steps of its own before it, they are
 * taken first; where it has no such step, the step is left out; where its task waits, the others go on and it comes when it can.
 * Behind the last step whoever runs goes on, else the least task, so that the run ends. The first step at which any of that
 * was needed is told, with why.
 */
import { encodeChoice, replay, stepText } from '@lastref/exploration';
import { at, cell, Machine, tablesOf, type Program, type Trace } from '@lastref/kernel';

/** Steps of its own that a task may take before the one that is looked for. */
const AHEAD_MAX = 200;

export interface Followed {
  /** The run on the other program, and what came of it. */
  readonly trace: Trace;
  /** The first step, from 1, that could not be taken as it was, and why; null where all were. */
  readonly parted: { readonly n: number; readonly why: string } | null;
}

export type FollowResult =
  | { readonly ok: true; readonly followed: Followed }
  | { readonly ok: false; readonly message: string };

/** @param trace of a run of any program with tasks of these names */
export function follow(trace: Trace, program: Program): FollowResult {
  const names = program.tasks.map(({ name }) => name);
  const missing = trace.steps.find(({ task }) => !isThere(program, at(trace.tasks, task)));
  if (missing !== undefined)
    return {
      ok: false,
      message: `no task '${at(trace.tasks, missing.task)}' there; it has ${names.join(', ')}`,
    };
  return new Follower(trace, program).run();
}

const isThere = (program: Program, name: string): boolean =>
  tablesOf(program).layout.tasks.some((task) => task.name === name);

/** A step that is still to be taken. */
interface Wanted {
  readonly n: number;
  readonly task: number;
  readonly key: string;
  readonly text: string;
  readonly fault: boolean;
}

class Follower {
  private readonly machine: Machine;
  private readonly scratch: Machine;
  private schedule = '';
  private parted: Followed['parted'] = null;
  private last = -1;
  private taken = 0;
  private over = false;

  constructor(
    private readonly source: Trace,
    private readonly program: Program,
  ) {
    this.machine = new Machine(tablesOf(program));
    this.scratch = new Machine(tablesOf(program));
  }

  run(): FollowResult {
    this.start();
    const left = this.wanted();
    while (!this.over) {
      const index = this.next(left);
      const wanted = left[index];
      if (wanted === undefined) break;
      left.splice(index, 1);
      this.take(wanted);
    }
    const [stuck] = left;
    if (!this.over && stuck !== undefined) this.part(stuck, this.waits(stuck));
    if (!this.over) this.complete();
    const replayed = replay(this.program, { schedule: this.schedule });
    if (!replayed.ok) return replayed;
    return { ok: true, followed: { trace: replayed.trace, parted: this.parted } };
  }

  private start(): void {
    const { machine, program, source } = this;
    machine.reset();
    const started = source.started.map((task) => source.tasks[task]);
    program.tasks.forEach(({ name, optional }, task) => {
      if (optional === undefined) return;
      const starts = started.includes(name);
      if (starts) machine.startTask(task);
      this.schedule += encodeChoice(starts ? 1 : 0);
    });
  }

  private wanted(): Wanted[] {
    const { source, machine } = this;
    const { tasks } = machine.tables.layout;
    return source.steps.map(({ n, task, pc, function: inside, text, fault }) => ({
      n,
      task: tasks.findIndex(({ name }) => name === source.tasks[task]),
      key: pc === 0 ? IDLE : `${inside} ${text}`,
      text,
      fault,
    }));
  }

  /** Index of the earliest whose task can go; what is passed over waits. */
  private next(left: readonly Wanted[]): number {
    const candidates = this.machine.candidates();
    const passed = new Set<number>();
    for (const [index, wanted] of left.entries()) {
      if (passed.has(wanted.task)) continue;
      if ((candidates & (1 << wanted.task)) !== 0) {
        const [first] = left;
        if (index > 0 && first !== undefined) this.part(first, this.waits(first));
        return index;
      }
      passed.add(wanted.task);
    }
    return -1;
  }

  private take(wanted: Wanted): void {
    const { task, key, fault, text } = wanted;
    const ahead = this.stepsAhead(task, key);
    if (ahead < 0) {
      this.part(wanted, `${this.nameOf(task)} has no ${text} from ${this.lineOf(task)} on`);
      return;
    }
    if (ahead > 0) this.part(wanted, `${this.nameOf(task)} goes by ${this.lineOf(task)} first`);
    for (let n = 0; n < ahead && !this.over; n++) {
      if ((this.machine.candidates() & (1 << task)) === 0) {
        this.part(wanted, this.waits(wanted));
        return;
      }
      this.step(task, false);
    }
    if (!this.over && (this.machine.candidates() & (1 << task)) !== 0) this.step(task, fault);
  }

  /** Steps of the task alone until it stands at the operation; -1 if it does not come to it. */
  private stepsAhead(task: number, key: string): number {
    const { machine, scratch } = this;
    if (this.keyOf(machine, task) === key) return 0;
    scratch.load(machine.state);
    for (let n = 1; n <= AHEAD_MAX; n++) {
      if ((scratch.candidates() & (1 << task)) === 0 || !scratch.step(task, false)) return -1;
      if (this.keyOf(scratch, task) === key) return n;
    }
    return -1;
  }

  private step(task: number, fault: boolean): void {
    const { machine } = this;
    const armed = machine.faultArmed(task);
    const faults = armed && fault;
    this.schedule += `${encodeChoice(task)}${armed ? encodeChoice(faults ? 1 : 0) : ''}`;
    this.last = task;
    this.taken++;
    this.over = !machine.step(task, faults) || this.taken >= this.program.maxSteps;
  }

  private complete(): void {
    const { machine } = this;
    for (;;) {
      const candidates = machine.candidates() & ~machine.early();
      if (candidates === 0 || this.over) return;
      const stays = this.last >= 0 && (candidates & (1 << this.last)) !== 0;
      this.step(stays ? this.last : 31 - Math.clz32(candidates & -candidates), false);
    }
  }

  private part({ n }: Wanted, why: string): void {
    if (this.parted === null || n < this.parted.n) this.parted ??= { n, why };
  }

  private waits({ task, text }: Wanted): string {
    const stands = cell(this.machine.state, cell(this.machine.pcSlot, task)) !== 0;
    const name = this.nameOf(task);
    return stands
      ? `${name} waits at ${this.lineOf(task)}`
      : `${name} has nothing to do for ${text}`;
  }

  private nameOf(task: number): string {
    return at(this.machine.tables.layout.tasks, task).name;
  }

  private lineOf(task: number): string {
    const { machine, program } = this;
    const pc = cell(machine.state, cell(machine.pcSlot, task));
    return pc === 0 ? 'its end' : lineAt(program, machine, pc);
  }

  private keyOf(machine: Machine, task: number): string {
    const pc = cell(machine.state, cell(machine.pcSlot, task));
    if (pc === 0) return IDLE;
    const inside = this.program.functions[cell(machine.tables.fn, pc)]?.name ?? '';
    return `${inside} ${lineAt(this.program, machine, pc)}`;
  }
}

/** An actor that takes up what it finds. */
const IDLE = '';

const lineAt = (program: Program, machine: Machine, pc: number): string =>
  stepText(program, pc, program.bodies[machine.tables.bodyOf[pc] ?? -1]);
