/**
 * An operation as traces and answers show it. A call that the kernel makes in two steps, arrive and pass, goes by the call's
 * own name in both; that the second one has passed is said where it was executed. A load into a local of the same name says
 * which side is the global.
 */
import { at, describeOp, type BodyDecl, type Program } from '@lastref/kernel';

/** What the second step of a call is named by: the call's name and this. */
const PASS = /^(.+)_wait$/;

/** The name of the kernel's own call. */
const callName = (op: string): string => PASS.exec(op)?.[1] ?? op;

/** @param body the body that the operation belongs to */
export function opText(program: Program, pc: number, body: BodyDecl | undefined): string {
  const { op } = at(program.code, pc);
  const text = describeOp(program, pc, body);
  const [to, from, ...rest] = text.split(' = ');
  if (from !== undefined && to === from && rest.length === 0) return `${to} = ${from} (global)`;
  return text.startsWith(`${op}(`) ? `${callName(op)}${text.slice(op.length)}` : text;
}

/** The same of a step that was executed. */
export function stepText(program: Program, pc: number, body: BodyDecl | undefined): string {
  const text = opText(program, pc, body);
  return PASS.test(at(program.code, pc).op) ? `${text} returns` : text;
}
