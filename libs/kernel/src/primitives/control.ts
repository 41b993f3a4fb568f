/**
 * What touches only the task's own locals, and is therefore fused into the step before: assignments, arithmetic and tests.
 * Validation proves that such operations form no cycle, so running them always ends. Also the end of a body, and where a
 * task stays in user mode for good. Arithmetic is that of int within the declared range of its result.
 */
import { Row } from '../operation/row.js';
import type { Kernel } from '../operation/kernel.js';
import { operation } from '../operation/operation.js';
import { comparison, dst, value } from '../operation/operand.js';

const next = (m: Kernel, row: number): number => m.code[row + Row.next] as number;

const LOCAL = { local: true, wait: 'never', lock: 'none', sleeps: false, raises: [] } as const;

/** Offset of the third operand of [dst, value, value]. */
const SECOND = Row.arg + 3;

export function holds(comparing: number, left: number, right: number): boolean {
  switch (comparing) {
    case 0:
      return left === right;
    case 1:
      return left !== right;
    case 2:
      return left < right;
    default:
      return left <= right;
  }
}

export const operations = {
  end: operation({
    ...LOCAL,
    kernel: 'end of a function',
    says: 'The end of every body; operation 0 of a program.',
    operands: [],
    step: () => 0,
  }),
  set: operation({
    ...LOCAL,
    kernel: 'an assignment',
    says: 'Assigns to a local variable.',
    operands: [dst('to', { like: 1 }), value('value', 'nothing')],
    text: ([to = '', from = '']) => `${to} = ${from}`,
    step: (m, task, row) => {
      m.set(m.local(task, row + Row.arg), m.value(task, row + Row.arg + 1));
      return next(m, row);
    },
  }),
  zero: operation({
    ...LOCAL,
    kernel: 'the end of a variable',
    says: 'Forgets a local that is not needed any more, so that equal futures are equal states.',
    operands: [dst('local', { most: () => 0 })],
    step: (m, task, row) => {
      m.set(m.local(task, row + Row.arg), 0);
      return next(m, row);
    },
  }),
  test: operation({
    ...LOCAL,
    kernel: 'an if',
    says: 'Compares two values.',
    operands: [value('left', 'nothing'), comparison(), value('right', { with: 0 })],
    branches: true,
    text: (parts) => `if (${parts.join(' ')})`,
    step: (m, task, row) => {
      const { code } = m;
      const left = m.value(task, row + Row.arg);
      const right = m.value(task, row + Row.arg + 3);
      const to = code[
        row + (holds(code[row + Row.arg + 2] as number, left, right) ? Row.next : Row.alt)
      ] as number;
      m.cover(row >> Row.shift, to, false);
      return to;
    },
  }),
  add: operation({
    ...LOCAL,
    kernel: 'a sum',
    says: 'Adds two integers; past the range of the result: bound exceeded.',
    operands: [dst('sum', 'checked'), value('left', 'nothing'), value('right', 'nothing')],
    text: ([sum = '', left = '', right = '']) => `${sum} = ${left} + ${right}`,
    step: (m, task, row) => {
      m.count(
        m.local(task, row + Row.arg),
        m.value(task, row + Row.arg + 1) + m.value(task, row + SECOND),
      );
      return next(m, row);
    },
  }),
  sub: operation({
    ...LOCAL,
    kernel: 'a difference',
    says: 'Subtracts two integers; past the range of the result: bound exceeded.',
    operands: [dst('difference', 'checked'), value('left', 'nothing'), value('right', 'nothing')],
    text: ([difference = '', left = '', right = '']) => `${difference} = ${left} - ${right}`,
    step: (m, task, row) => {
      m.count(
        m.local(task, row + Row.arg),
        m.value(task, row + Row.arg + 1) - m.value(task, row + SECOND),
      );
      return next(m, row);
    },
  }),
  stay: operation({
    kernel: 'user mode',
    says: 'The task stays in user mode for good, with what it holds.',
    operands: [],
    lock: 'none',
    sleeps: false,
    raises: [],
    wait: { until: () => false, holders: 'unknown', endsBy: 'anyone', external: true },
    step: (m, _task, row) => next(m, row),
  }),
};
