/**
 * An operation as traces and answers show it. A call that the kernel makes in two steps, arrive and pass, goes by the call's
 * own name in both; that the second one has passed is said where it was executed. A load into a local of the same name says
 * which side is the global.
 */
import { at, describeOp, specOf, type BodyDecl, type Program } from '@lastref/kernel';

/** @param body the body that the operation belongs to */
export function opText(program: Program, pc: number, body: BodyDecl | undefined): string {
  const text = describeOp(program, pc, body);
  const [to, from, ...rest] = text.split(' = ');
  return from !== undefined && to === from && rest.length === 0 ? `${to} = ${from} (global)` : text;
}

/** The same of a step that was executed. */
export function stepText(program: Program, pc: number, body: BodyDecl | undefined): string {
  const text = opText(program, pc, body);
  const { partOf, wait } = specOf(at(program.code, pc).op);
  return partOf !== undefined && wait !== 'never' ? `${text} returns` : text;
}
