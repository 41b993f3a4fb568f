/**
 * Source text where there is no file: what a program has of a function, one operation or call a line. A function is listed once
 * per place that it is inlined at, since its operations differ there; operations outside any function are in the listing of the whole.
 */
import { framesOf, functionOf, stepText } from '@lastref/exploration';
import { at, tablesOf, type Program } from '@lastref/kernel';

export interface Listing {
  /** The number an editor asks for it by, from 1. */
  readonly reference: number;
  readonly name: string;
  readonly text: string;
  /** Operations of each line; line numbers count from 1. */
  readonly operations: ReadonlyMap<number, readonly number[]>;
  /** The line of an operation, or of the call that leads to it; undefined for one that is elsewhere. */
  readonly lineOf: (pc: number) => number | undefined;
}

/** What a line is of: an operation, or all that a call leads to. */
type Line = { readonly pc: number } | { readonly call: number };

export class Listings {
  private readonly made = new Map<number, Listing>();
  /** Operations as a reader meets them. */
  private readonly order: readonly number[];

  constructor(private readonly program: Program) {
    this.order = readingOrder(program);
  }

  /** Of a frame; -1 for the whole program. */
  ofFrame(frame: number): Listing {
    const reference = frame + 2;
    const known = this.made.get(reference);
    if (known !== undefined) return known;
    const listing = frame < 0 ? this.whole() : this.list(frame);
    this.made.set(reference, listing);
    return listing;
  }

  /** By the number that an editor asks for; undefined if there is none. */
  byReference(reference: number): Listing | undefined {
    const frame = reference - 2;
    return Number.isInteger(frame) && frame >= -1 && frame < this.program.frames.length
      ? this.ofFrame(frame)
      : undefined;
  }

  private whole(): Listing {
    const { program } = this;
    const lines = this.order.map((pc): Line => ({ pc }));
    return this.listing(-1, `${program.scenario}/${program.variant}/${program.case}`, lines);
  }

  private list(frame: number): Listing {
    const { program } = this;
    const lines: Line[] = [];
    const calls = new Set<number>();
    for (const pc of this.order) {
      const frames = framesOf(program, pc);
      const depth = frames.indexOf(frame);
      const call = frames[depth - 1];
      if (depth < 0) continue;
      if (call === undefined) lines.push({ pc });
      else if (!calls.has(call)) {
        calls.add(call);
        lines.push({ call });
      }
    }
    const { name, file } = at(program.functions, at(program.frames, frame).fn);
    return this.listing(frame, file === '-' ? name : `${name} (${file})`, lines);
  }

  private listing(frame: number, name: string, lines: readonly Line[]): Listing {
    const { program } = this;
    /** The first line is the name. */
    const lineOf = new Map<number, number>();
    const operations = new Map<number, readonly number[]>();
    const ofOperation = new Map<number, number>();
    const ofCall = new Map<number, number>();
    lines.forEach((line, i) => {
      if ('pc' in line) ofOperation.set(line.pc, i + 2);
      else ofCall.set(line.call, i + 2);
    });
    for (const pc of this.order) {
      const call = framesOf(program, pc).find((one) => ofCall.has(one));
      const number = ofOperation.get(pc) ?? ofCall.get(call ?? -1);
      if (number === undefined) continue;
      lineOf.set(pc, number);
      operations.set(number, [...(operations.get(number) ?? []), pc]);
    }
    const text = [`/* ${name} */`, ...lines.map((line) => this.lineText(line))].join('\n');
    return {
      reference: frame + 2,
      name,
      text: `${text}\n`,
      operations,
      lineOf: (pc) => lineOf.get(pc),
    };
  }

  private lineText(line: Line): string {
    const { program } = this;
    if ('call' in line) return `${MARGIN}${functionOf(program, line.call)}(...);`;
    const { bodyOf } = tablesOf(program);
    const { next, alt } = at(program.code, line.pc);
    const body = program.bodies[bodyOf[line.pc] ?? -1];
    const to = next === line.pc + 1 ? '' : next === 0 ? ' return' : ` -> ${next}`;
    const otherwise = alt === undefined ? '' : alt === 0 ? ' else return' : ` else -> ${alt}`;
    const label = String(line.pc).padStart(MARGIN.length - 2);
    return `${label}: ${stepText(program, line.pc, body)};${to}${otherwise}`;
  }
}

/** From each body's entry along what follows, branches after. */
function readingOrder(program: Program): number[] {
  const order = new Set<number>();
  for (const { entry } of program.bodies) {
    const stack = [entry];
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      if (pc === 0 || order.has(pc)) continue;
      order.add(pc);
      const { next, alt } = at(program.code, pc);
      if (alt !== undefined) stack.push(alt);
      stack.push(next);
    }
  }
  return [...order];
}

const MARGIN = '      ';
