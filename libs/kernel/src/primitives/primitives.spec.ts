/** What holds of every operation, and that what is written from their definitions is current. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { numberOf, OP_NAMES } from '../derived/catalogue.js';
import { laidOut } from '../operation/operand.js';
import type { Operation } from '../operation/operation.js';
import { LIMITS } from '../limits.js';
import { execute, executeLocal, passes } from './dispatch.js';
import { OPERATIONS } from './index.js';

const operations = Object.entries<Operation>(OPERATIONS);

describe.each(operations)('%s', (_name, operation) => {
  it('has operands that a row holds, two results at most', () => {
    const { operands } = operation;
    const last = laidOut(operands).at(-1);
    expect(last === undefined ? 0 : last.offset + 1).toBeLessThan(LIMITS.operandNumbers);
    expect(operands.filter(({ is }) => is === 'dst').length).toBeLessThanOrEqual(2);
  });

  it('says what another has to let go, where it waits for known holders, and no signal ends it', () => {
    const { wait, lock } = operation;
    const known = wait !== 'never' && wait.holders !== 'unknown';
    const waits = wait !== 'never' && wait.signal === undefined;
    expect(lock !== 'none' && lock.blockedBy.length > 0 && waits).toBe(known);
  });

  it('names its lock by a place or a queue', () => {
    const { lock, operands } = operation;
    if (lock !== 'none') expect(['place', 'pointer']).toContain(operands[lock.operand]?.is);
  });

  it('is local, or a step with an effect, a wait or a check', () => {
    const { local, operands, wait, endsItem, sleeps } = operation;
    const does = operands.length > 0 || wait !== 'never' || endsItem === true || sleeps;
    expect(local === true || does).toBe(true);
    if (local === true) expect([wait, operation.sleeps]).toEqual(['never', false]);
  });

  it('has two exits where it may time out, or a signal ends it', () => {
    const { wait, branches } = operation;
    if (wait !== 'never' && (wait.timeout === true || wait.signal !== undefined))
      expect(branches).toBe(true);
  });
});

const camel = (name: string): string =>
  name.replace(/_./g, (joint) => joint.slice(1).toUpperCase());

/** What a jump calls for each number it knows. */
const callsOf = (jump: { toString(): string }): Map<number, string> =>
  new Map(
    [...jump.toString().matchAll(/case (\d+):\s*return (\w+)\(/g)].map(([, number, call = '']) => [
      Number(number),
      call,
    ]),
  );

const calls = (suffix: string, chosen: (operation: Operation) => boolean): Map<number, string> =>
  new Map(
    operations.flatMap(([name, operation], number) =>
      chosen(operation) ? [[number, camel(name) + suffix]] : [],
    ),
  );

it('the jumps lead from each number to the step, and the wait, of the operation that has it', () => {
  OP_NAMES.forEach((name, number) => {
    expect(numberOf(name)).toBe(number);
  });
  expect(operations.map(([name]) => name)).toEqual(OP_NAMES);
  expect(callsOf(execute)).toEqual(calls('Step', () => true));
  expect(callsOf(executeLocal)).toEqual(calls('Step', ({ local }) => local === true));
  expect(callsOf(passes)).toEqual(calls('Until', ({ wait }) => wait !== 'never'));
});

it.each(['primitives.mjs', 'reference.mjs'])('what %s writes is current', (script) => {
  const path = join(__dirname, '../../../../tools/generate', script);
  expect(() => execFileSync(process.execPath, [path, '--check'], { stdio: 'pipe' })).not.toThrow();
});
