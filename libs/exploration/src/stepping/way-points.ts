/**
 * Where going through a run may stop: at a function that is entered, at operations, at a task's steps. Pure arithmetic over the
 * steps; a position is the number of steps that were executed, so that what a position stops at is the step that comes next.
 */
import { at, specOf, type Program, type Trace } from '@lastref/kernel';

/** Frames of an operation, innermost first. */
export function framesOf(program: Program, pc: number): number[] {
  const found: number[] = [];
  for (let f = at(program.code, pc).frame; f >= 0; f = at(program.frames, f).caller) found.push(f);
  return found;
}

/** The name of a frame's function. */
export const functionOf = (program: Program, frame: number): string =>
  at(program.functions, at(program.frames, frame).fn).name;

/** Operations that a task can stand at: the end is none, and local ones are fused into the step before. */
export const isStepped = ({ code }: Program, pc: number): boolean =>
  pc !== 0 && specOf(at(code, pc).op).local !== true;

/** Functions that a task can be seen in, by name. */
export function steppedFunctions(program: Program): ReadonlySet<string> {
  const frames = program.code.flatMap((_, pc) =>
    isStepped(program, pc) ? framesOf(program, pc) : [],
  );
  return new Set([...new Set(frames)].map((frame) => functionOf(program, frame)));
}

export interface Stops {
  readonly functions: ReadonlySet<string>;
  readonly operations: ReadonlySet<number>;
}

/** An operation that a task comes to, and the functions that it enters by that. */
interface Arrival {
  readonly task: number;
  readonly pc: number;
  readonly entered: readonly string[];
}

export class WayPoints {
  /** Per position: what the next step comes to, and behind a task's last step what it waits at for good. */
  private readonly arrivals: readonly (readonly Arrival[])[];

  constructor(
    private readonly program: Program,
    private readonly trace: Trace,
  ) {
    const before = new Map<number, readonly number[]>();
    const arrival = (task: number, pc: number): Arrival => {
      const frames = framesOf(program, pc);
      const was = before.get(task) ?? [];
      before.set(task, frames);
      const entered = frames.filter((frame) => !was.includes(frame));
      return { task, pc, entered: entered.map((frame) => functionOf(program, frame)) };
    };
    const { steps, waiting } = trace;
    const arrivals = [...steps.map(({ task, pc }) => [arrival(task, pc)]), []];
    for (const { task, pc } of waiting)
      arrivals[steps.findLastIndex((step) => step.task === task) + 1]?.push(arrival(task, pc));
    this.arrivals = arrivals;
  }

  get last(): number {
    return this.trace.steps.length;
  }

  /** The task for which position `n` is one to stop at: it comes to such an operation. Undefined if there is none. */
  stopAt(n: number, { functions, operations }: Stops): number | undefined {
    return this.arrivals[n]?.find(
      ({ pc, entered }) => operations.has(pc) || entered.some((name) => functions.has(name)),
    )?.task;
  }

  /** The next position behind `n` to stop at, or the last one. */
  onward(n: number, stops: Stops): number {
    return this.forward(n, (m) => this.stopAt(m, stops) !== undefined);
  }

  /** The position before `n` to stop at, or the first one. */
  backward(n: number, stops: Stops): number {
    for (let m = n - 1; m > 0; m--) if (this.stopAt(m, stops) !== undefined) return m;
    return 0;
  }

  /** Behind the next step of the task; undefined if it takes none. */
  behindStepOf(task: number, n: number): number | undefined {
    const index = this.trace.steps.findIndex((step, i) => i >= n && step.task === task);
    return index < 0 ? undefined : index + 1;
  }

  /** Behind the step of the task before the last one that it took, or its first: where it goes back to. */
  behindStepBefore(task: number, n: number): number | undefined {
    const index = this.trace.steps.findLastIndex((step, i) => i < n - 1 && step.task === task);
    return index < 0 ? undefined : index + 1;
  }

  /** On until the task, having taken a step, stands in the function that it is in now or in a caller; or the last position. */
  over(task: number, n: number, stops: Stops): number {
    const frame = this.frameAt(task, n);
    return this.leave(task, n, stops, (frames) => frames[0] === frame || !frames.includes(frame));
  }

  /** On until the task stands outside the function that it is in now; or the last position. */
  out(task: number, n: number, stops: Stops): number {
    const frame = this.frameAt(task, n);
    return this.leave(task, n, stops, (frames) => !frames.includes(frame));
  }

  private leave(
    task: number,
    n: number,
    stops: Stops,
    isThere: (frames: readonly number[]) => boolean,
  ): number {
    const first = this.behindStepOf(task, n);
    if (first === undefined) return this.onward(n, stops);
    return this.forward(n, (m) => {
      if (this.stopAt(m, stops) !== undefined) return true;
      const step = this.trace.steps[m];
      return m >= first && step?.task === task && isThere(framesOf(this.program, step.pc));
    });
  }

  /** Innermost frame of the task's next step; -1 if it takes none, or outside all. */
  private frameAt(task: number, n: number): number {
    const step = this.trace.steps.find((one, i) => i >= n && one.task === task);
    return step === undefined ? -1 : (framesOf(this.program, step.pc)[0] ?? -1);
  }

  private forward(n: number, isThere: (m: number) => boolean): number {
    for (let m = n + 1; m < this.last; m++) if (isThere(m)) return m;
    return this.last;
  }
}
