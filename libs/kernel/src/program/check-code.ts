/**
 * Checks the code of a program: every operand refers to something of the right kind, every operation belongs to one
 * body, bodies end, and local operations form no cycle, so that each step is bounded.
 */
import { at } from '../assert.js';
import { specOf } from '../derived/catalogue.js';
import { bodyOfOps } from '../derived/facts.js';
import { widthOf } from '../operation/operand.js';
import { checkOperands, checkResults } from './check-operands.js';
import type { OpDecl, Program } from './program.js';
import type { Problems } from './problems.js';

export function checkCode(program: Program, problems: Problems): void {
  const { code } = program;
  const [end] = code;
  problems.check(
    end?.op === 'end' && end.next === 0 && end.frame === -1 && end.milestone === undefined,
    ['code', 0],
    'operation 0 is the end of every body: {"op":"end","args":[],"next":0,"frame":-1}',
  );
  code.forEach((op, pc) => {
    checkExits(program, op, pc, problems);
  });
  if (problems.list.length > 0) return;
  checkBodies(program, problems);
  if (problems.list.length > 0) return;
  const bodies = bodyOfOps(program);
  code.forEach((op, pc) => {
    const body = program.bodies[at(bodies, pc)];
    if (pc === 0 || problems.full) return;
    if (!problems.check(body !== undefined, ['code', pc], 'belongs to no body')) return;
    checkOperands({ program, body: at(program.bodies, at(bodies, pc)), op, pc, problems });
  });
  if (problems.list.length === 0) checkResults(program, bodies, problems);
  checkLocalCycles(program, problems);
}

function checkExits(program: Program, op: OpDecl, pc: number, problems: Problems): void {
  const spec = specOf(op.op);
  const width = spec.operands.reduce((sum, operand) => sum + widthOf(operand), 0);
  problems.check(pc === 0 || op.op !== 'end', ['code', pc, 'op'], 'only operation 0 is end');
  problems.check(op.args.length === width, ['code', pc, 'args'], `${op.op} takes ${width} numbers`);
  problems.index(op.next, program.code, 'operation', ['code', pc, 'next']);
  if (spec.branches === true)
    problems.index(op.alt, program.code, 'operation', ['code', pc, 'alt']);
  else problems.check(op.alt === undefined, ['code', pc, 'alt'], `${op.op} does not branch`);
  if (pc > 0) problems.index(op.frame, program.frames, 'frame', ['code', pc, 'frame']);
  if (op.milestone !== undefined)
    problems.index(op.milestone, program.milestones, 'milestone', ['code', pc, 'milestone']);
  if (op.fault !== undefined) {
    problems.index(op.fault, program.faults.points, 'fault point', ['code', pc, 'fault']);
    problems.check(spec.mayFail === true, ['code', pc, 'fault'], `${op.op} cannot fail`);
  }
  if (spec.local === true)
    problems.check(
      op.milestone === undefined && op.yields === undefined,
      ['code', pc],
      'a local operation is no step: it bears no milestone and is no yield point',
    );
}

/** Each operation is reached from one body only; a work function ends by work_done, a task never does. */
function checkBodies(program: Program, problems: Problems): void {
  const owner = new Int32Array(program.code.length).fill(-1);
  const works = new Set(program.works.map((work) => work.body));
  program.bodies.forEach((body, b) => {
    const stack = [body.entry];
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      if (pc === 0 || owner[pc] === b) continue;
      if (!problems.check(owner[pc] === -1, ['code', pc], 'belongs to two bodies')) return;
      owner[pc] = b;
      const op = at(program.code, pc);
      const leaves = op.next === 0 || op.alt === 0;
      if (works.has(b))
        problems.check(
          !leaves || specOf(op.op).endsItem === true,
          ['code', pc],
          'a work function ends by work_done',
        );
      else
        problems.check(
          specOf(op.op).endsItem !== true,
          ['code', pc, 'op'],
          `${op.op} outside a work function`,
        );
      stack.push(op.next);
      if (op.alt !== undefined) stack.push(op.alt);
    }
  });
}

function checkLocalCycles(program: Program, problems: Problems): void {
  const state = new Uint8Array(program.code.length);
  for (let start = 1; start < program.code.length; start++) {
    const stack: [pc: number, exit: number][] = [[start, 0]];
    while (stack.length > 0) {
      const top = at(stack, stack.length - 1);
      const [pc, exit] = top;
      const op = at(program.code, pc);
      const exits = specOf(op.op).local === true && pc !== 0 ? [op.next, op.alt ?? op.next] : [];
      const next = exits[exit];
      if (next === undefined) {
        state[pc] = 2;
        stack.pop();
        continue;
      }
      state[pc] = 1;
      top[1]++;
      if (
        state[next] === 1 &&
        !problems.check(false, ['code', next], 'local operations form a cycle: no step ends it')
      )
        return;
      if (state[next] === 0) stack.push([next, 0]);
    }
  }
}
