/**
 * A verification as JUnit XML: a suite for each scenario and variant, a test for each case. A search that did not end fails its
 * test: nothing was proved.
 */
import { junitXml, type JunitTest } from '@lastref/reporting';
import type { Verification, VerifiedCase } from '../answers/verify-fix.js';

export function verificationJunit({ cases }: Verification): string {
  const suites = new Map<string, JunitTest[]>();
  for (const one of cases) {
    const { suite, name } = placeOf(one.address);
    suites.set(suite, [...(suites.get(suite) ?? []), testOf(name, one)]);
  }
  return junitXml([...suites].map(([name, tests]) => ({ name, tests })));
}

function placeOf(address: string): { suite: string; name: string } {
  const parts = address.split('/');
  return { suite: parts.slice(0, 2).join('/'), name: parts.slice(2).join('/') || address };
}

function testOf(name: string, one: VerifiedCase): JunitTest {
  const { outcome, why, commands, failures, elapsedMs } = one;
  const test = { name, elapsedMs };
  const problem = { message: why.join('; '), text: [...why, ...commands].join('\n') };
  switch (outcome) {
    case 'holds':
      return failures.length === 0
        ? test
        : { ...test, output: `as expected: ${failures.join(', ')}` };
    case 'fails':
    case 'unproved':
      return { ...test, problem: { as: 'failure', type: outcome, ...problem } };
    case 'error':
      return { ...test, problem: { as: 'error', type: 'error', ...problem } };
  }
}
