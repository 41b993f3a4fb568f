/**
 * A verification as JUnit XML, in the form that CI systems read: a suite for each scenario and variant, a test for each case.
 * A search that did not end fails its test: nothing was proved.
 */
import type { Verification, VerifiedCase } from '../answers/verify-fix.js';
import { xmlAttribute, xmlText } from './xml.js';

export function junitXml({ cases }: Verification): string {
  const suites = new Map<string, VerifiedCase[]>();
  for (const one of cases) {
    const { suite } = placeOf(one.address);
    suites.set(suite, [...(suites.get(suite) ?? []), one]);
  }
  const body = [...suites].map(([name, rows]) => suiteXml(name, rows));
  const total = attributes('lastref', cases);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${total}>\n${body.join('')}</testsuites>\n`;
}

function placeOf(address: string): { suite: string; name: string } {
  const parts = address.split('/');
  return { suite: parts.slice(0, 2).join('/'), name: parts.slice(2).join('/') || address };
}

function attributes(name: string, cases: readonly VerifiedCase[]): string {
  const bad = cases.filter(({ outcome }) => outcome === 'fails' || outcome === 'unproved').length;
  const errors = cases.filter(({ outcome }) => outcome === 'error').length;
  const time = seconds(cases.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0));
  return `name="${xmlAttribute(name)}" tests="${cases.length}" failures="${bad}" errors="${errors}" time="${time}"`;
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(3);

function suiteXml(name: string, cases: readonly VerifiedCase[]): string {
  const tests = cases.map((one) => testXml(name, one)).join('');
  return `  <testsuite ${attributes(name, cases)}>\n${tests}  </testsuite>\n`;
}

function testXml(suite: string, one: VerifiedCase): string {
  const { name } = placeOf(one.address);
  const open = `    <testcase classname="${xmlAttribute(suite.replaceAll('/', '.'))}" name="${xmlAttribute(name)}" time="${seconds(one.elapsedMs)}"`;
  const inside = resultXml(one);
  return inside === '' ? `${open}/>\n` : `${open}>\n${inside}    </testcase>\n`;
}

function resultXml({ outcome, why, commands, failures }: VerifiedCase): string {
  const text = xmlText([...why, ...commands].join('\n'));
  const message = xmlAttribute(why.join('; '));
  switch (outcome) {
    case 'holds':
      return failures.length === 0
        ? ''
        : `      <system-out>${xmlText(`as expected: ${failures.join(', ')}`)}</system-out>\n`;
    case 'fails':
    case 'unproved':
      return `      <failure type="${outcome}" message="${message}">${text}</failure>\n`;
    case 'error':
      return `      <error type="error" message="${message}">${text}</error>\n`;
  }
}
