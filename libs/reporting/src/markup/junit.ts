/**
 * JUnit XML, in the form that CI systems read: suites of tests, each passed, failed, or without an answer. The one writer of it.
 */
import { xmlAttribute, xmlText } from './xml.js';

export interface JunitTest {
  readonly name: string;
  readonly elapsedMs: number;
  /** How it did not pass. */
  readonly problem?: {
    readonly as: 'failure' | 'error';
    readonly type: string;
    readonly message: string;
    readonly text: string;
  };
  readonly output?: string;
}

export interface JunitSuite {
  readonly name: string;
  readonly tests: readonly JunitTest[];
}

export function junitXml(suites: readonly JunitSuite[]): string {
  const all = suites.flatMap(({ tests }) => tests);
  const body = suites.map(suiteXml).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${attributes('lastref', all)}>\n${body}</testsuites>\n`;
}

function attributes(name: string, tests: readonly JunitTest[]): string {
  const count = (as: 'failure' | 'error'): number =>
    tests.filter(({ problem }) => problem?.as === as).length;
  const time = seconds(tests.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0));
  return `name="${xmlAttribute(name)}" tests="${tests.length}" failures="${count('failure')}" errors="${count('error')}" time="${time}"`;
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(3);

function suiteXml({ name, tests }: JunitSuite): string {
  const body = tests.map((test) => testXml(name, test)).join('');
  return `  <testsuite ${attributes(name, tests)}>\n${body}  </testsuite>\n`;
}

function testXml(suite: string, test: JunitTest): string {
  const { name, elapsedMs, problem, output } = test;
  const open = `    <testcase classname="${xmlAttribute(suite.replaceAll('/', '.'))}" name="${xmlAttribute(name)}" time="${seconds(elapsedMs)}"`;
  const inside = [
    ...(problem === undefined ? [] : [problemXml(problem)]),
    ...(output === undefined ? [] : [`      <system-out>${xmlText(output)}</system-out>\n`]),
  ].join('');
  return inside === '' ? `${open}/>\n` : `${open}>\n${inside}    </testcase>\n`;
}

const problemXml = ({ as, type, message, text }: NonNullable<JunitTest['problem']>): string =>
  `      <${as} type="${xmlAttribute(type)}" message="${xmlAttribute(message)}">${xmlText(text)}</${as}>\n`;
