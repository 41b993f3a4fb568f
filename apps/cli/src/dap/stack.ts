/**
 * The call stack of a task: its innermost function at the line that the author wrote, the functions around it at the call in
 * their listing. A task that runs nothing has one frame that says so.
 */
import { placeOf } from '@lastref/authoring';
import { framesOf, functionOf } from '@lastref/exploration';
import { at, type TaskState } from '@lastref/kernel';
import type { Debuggee } from './debuggee.js';

export interface FramePlace {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly source?: {
    readonly name: string;
    readonly path?: string;
    readonly sourceReference?: number;
  };
  readonly presentationHint?: 'subtle';
}

export function stackOf(debuggee: Debuggee, task: number): FramePlace[] {
  const state = at(debuggee.state.tasks, task);
  const { program } = debuggee;
  const frames = state.pc === 0 ? [] : framesOf(program, state.pc);
  if (frames.length === 0) return [outside(debuggee, state)];
  return frames.map((frame, depth) => ({
    name: functionOf(program, frame),
    ...((depth === 0 ? written(debuggee, state.pc) : undefined) ??
      listed(debuggee, frame, state.pc)),
  }));
}

type Place = Pick<FramePlace, 'line' | 'column' | 'source'>;

function written({ lines }: Debuggee, pc: number): Place | undefined {
  if (lines === undefined) return undefined;
  const [, path, line, column] = /^(.*):(\d+):(\d+)$/.exec(placeOf(lines, pc)) ?? [];
  if (path === undefined) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { line: Number(line), column: Number(column), source: { name, path } };
}

function listed({ listings }: Debuggee, frame: number, pc: number): Place {
  const { name, reference, lineOf } = listings.ofFrame(frame);
  return { line: lineOf(pc) ?? 1, column: 1, source: { name, sourceReference: reference } };
}

function outside(debuggee: Debuggee, { pc, condition, runs }: TaskState): FramePlace {
  const name = runs ?? condition;
  if (pc === 0) return { name, line: 0, column: 0, presentationHint: 'subtle' };
  return { name, ...listed(debuggee, -1, pc) };
}
