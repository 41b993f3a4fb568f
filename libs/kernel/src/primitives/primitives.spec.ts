/** What holds of every operation, and that what is written from their definitions is current. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { numberOf, OP_NAMES, specOf } from '../derived/catalogue.js';
import { laidOut } from '../operation/operand.js';
import type { Operation } from '../operation/operation.js';
import { LIMITS } from '../limits.js';
import { execute, executeLocal, passes } from './dispatch.js';
import { OPERATIONS } from './index.js';

const operations = Object.entries<Operation>(OPERATIONS);

describe.each(operations)('%s', (_name, operation) => {
  it('has operands that a row holds, a result first if it has one', () => {
    const { operands } = operation;
    const last = laidOut(operands).at(-1);
    expect(last === undefined ? 0 : last.offset + 1).toBeLessThan(LIMITS.operandNumbers);
    expect(operands.slice(1).map(({ is }) => is)).not.toContain('dst');
  });

  it('says what another has to let go, where it waits for known holders', () => {
    const { wait, lock } = operation;
    const known = wait !== 'never' && wait.holders !== 'unknown';
    expect(lock !== 'none' && lock.blockedBy.length > 0 && wait !== 'never').toBe(known);
  });

  it('names its lock by a place or a queue', () => {
    const { lock, operands } = operation;
    if (lock !== 'none') expect(['place', 'pointer']).toContain(operands[lock.operand]?.is);
  });

  it('is local, or a step with an effect, a wait or a check', () => {
    const { local, operands, wait, endsItem } = operation;
    const does = operands.length > 0 || wait !== 'never' || endsItem === true;
    expect(local === true || does).toBe(true);
    if (local === true) expect([wait, operation.sleeps]).toEqual(['never', false]);
  });

  it('has two exits where it may time out', () => {
    const { wait, branches } = operation;
    if (wait !== 'never' && wait.timeout === true) expect(branches).toBe(true);
  });
});

/** Where a generated jump leads: number and what of which operation, by the constants of its file. */
function targetsOf(jump: (...args: never[]) => unknown): string[] {
  const source = readFileSync(join(__dirname, 'dispatch.ts'), 'utf8');
  const constants = new Map(
    [...source.matchAll(/^const (\w+) =\s+\w+\.(\w+\.[\w.]+);$/gm)].map(([, name, to]) => [
      name,
      to,
    ]),
  );
  const cases = jump.toString().matchAll(/case (\d+):\s+return (\w+)\(/g);
  return [...cases].map(([, number, name]) => `${number} ${constants.get(name)}`);
}

const numbered = (wanted: (operation: Operation) => boolean, what: string): string[] =>
  operations.flatMap(([name, operation]) =>
    wanted(operation) ? [`${numberOf(name)} ${name}.${what}`] : [],
  );

it('the jumps lead to the step of every operation, every local one, and to every wait', () => {
  expect(OP_NAMES.map(numberOf)).toEqual(operations.map((_, number) => number));
  expect(specOf(OP_NAMES[0] ?? '')).toBe(operations[0]?.[1]);
  expect(targetsOf(execute)).toEqual(numbered(() => true, 'step'));
  expect(targetsOf(executeLocal)).toEqual(numbered(({ local }) => local === true, 'step'));
  expect(targetsOf(passes)).toEqual(numbered(({ wait }) => wait !== 'never', 'wait.until'));
});

it.each(['primitives.mjs', 'reference.mjs'])('what %s writes is current', (script) => {
  const path = join(__dirname, '../../../../tools/generate', script);
  expect(() => execFileSync(process.execPath, [path, '--check'], { stdio: 'pipe' })).not.toThrow();
});
