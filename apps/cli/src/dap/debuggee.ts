/**
 * The run that is debugged: where it stands, and how it moves. Time is the schedule's, so that going back is as good as going
 * on; `stepIn` and `stepBack` are one step of whichever task the schedule runs, `next` and `stepOut` are of one task, over
 * what others do meanwhile.
 */
import { linesOf, type SourceMap } from '@lastref/authoring';
import { Stepper, WayPoints, type Stops } from '@lastref/exploration';
import type { Program, StepState, Trace } from '@lastref/kernel';
import { placesOf } from '../programs/places-of.js';
import { Listings } from './listing.js';

export const MOVES = [
  'continue',
  'reverseContinue',
  'next',
  'stepIn',
  'stepOut',
  'stepBack',
] as const;
export type Move = (typeof MOVES)[number];

export class Debuggee {
  readonly lines: SourceMap | undefined;
  readonly listings: Listings;
  /** By the source they were set in; functions apart. */
  readonly operationStops = new Map<string, ReadonlySet<number>>();
  functionStops: ReadonlySet<string> = new Set();
  private readonly stepper: Stepper;
  private readonly wayPoints: WayPoints;
  private n = 0;
  private known: StepState | undefined;

  constructor(
    readonly program: Program,
    readonly trace: Trace,
  ) {
    this.stepper = new Stepper(program, trace, placesOf(program));
    this.wayPoints = new WayPoints(program, trace);
    this.lines = linesOf(program);
    this.listings = new Listings(program);
  }

  get state(): StepState {
    this.known ??= this.stepper.at(this.n);
    return this.known;
  }

  get isAtEnd(): boolean {
    return this.n === this.last;
  }

  get last(): number {
    return this.stepper.last;
  }

  get hasFailed(): boolean {
    return this.isAtEnd && this.trace.verdict.outcome === 'failed';
  }

  /** The task that has come to a breakpoint, if one has. */
  get taskAtStop(): number | undefined {
    return this.wayPoints.stopAt(this.n, this.stops);
  }

  /** Who came to a breakpoint, else whoever takes the next step; at the end, whoever took the last one. */
  get task(): number {
    return this.taskAtStop ?? this.state.next ?? this.state.step?.task ?? 0;
  }

  goTo(n: number): void {
    this.n = Math.min(Math.max(n, 0), this.last);
    this.known = undefined;
  }

  move(move: Move, task: number): void {
    this.goTo(this.target(move, task));
  }

  private target(move: Move, task: number): number {
    const { wayPoints, stops, n } = this;
    switch (move) {
      case 'continue':
        return wayPoints.onward(n, stops);
      case 'reverseContinue':
        return wayPoints.backward(n, stops);
      case 'next':
        return wayPoints.over(task, n, stops);
      case 'stepOut':
        return wayPoints.out(task, n, stops);
      case 'stepIn':
        return n + 1;
      case 'stepBack':
        return n - 1;
    }
  }

  private get stops(): Stops {
    const operations = [...this.operationStops.values()].flatMap((some) => [...some]);
    return { functions: this.functionStops, operations: new Set(operations) };
  }
}
