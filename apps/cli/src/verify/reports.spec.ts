import { XMLParser } from 'fast-xml-parser';
import { SyntaxValidator } from 'fast-xml-validator';
import type { Verification, VerifiedCase } from '../answers/verify-fix.js';
import { verificationJunit } from './junit.js';
import { markdownSummary } from './markdown.js';

const NASTY = `a<b> & "c" | \`d\` ]]> ${String.fromCharCode(0, 7, 27)}\u2028 😀 ${String.fromCharCode(0xd800)}`;

const row = (change: Partial<VerifiedCase>): VerifiedCase => ({
  address: 'sample/fixed/main',
  outcome: 'holds',
  expect: 'clean',
  failures: [],
  why: [],
  commands: [],
  states: 1234,
  elapsedMs: 1500,
  ...change,
});

const cases = [
  row({}),
  row({ address: 'sample/fixed/other', outcome: 'fails', why: [NASTY], commands: ["x --a 'b'"] }),
  row({ address: 'sample/buggy/main', failures: ['deadlock@a+b'], expect: 'all:deadlock@a+b' }),
  row({ address: 'sample/buggy/slow', outcome: 'unproved', why: ['the search did not end'] }),
  row({ address: 'sample/broken/main', outcome: 'error', why: ['does not compile'], expect: null }),
];
const verification: Verification = {
  verified: false,
  counts: { holds: 2, fails: 1, unproved: 1, error: 1 },
  cases,
};

/** What a reader of XML makes of a text. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
  processEntities: true,
  isArray: (name) => name === 'testsuite' || name === 'testcase',
});

interface Suite {
  name: string;
  tests: string;
  failures: string;
  errors: string;
  testcase: { name: string; classname: string; failure?: { message: string; type: string } }[];
}

describe('a JUnit file', () => {
  const xml = verificationJunit(verification);

  it('is well-formed whatever names and messages hold', () => {
    expect(SyntaxValidator.validate(xml)).toBe(true);
    expect(() => SyntaxValidator.validate(`${xml}<`)).toThrow();
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
  });

  it('has a suite for each variant, a test for each case, and counts that add up', () => {
    const { testsuites } = parser.parse(xml) as { testsuites: Suite & { testsuite: Suite[] } };
    expect(testsuites).toMatchObject({ tests: '5', failures: '2', errors: '1', time: '7.500' });
    const names = testsuites.testsuite.map(({ name, tests, failures, errors, testcase }) => [
      name,
      [tests, failures, errors],
      testcase.map((test) => test.name),
    ]);
    expect(names).toEqual([
      ['sample/fixed', ['2', '1', '0'], ['main', 'other']],
      ['sample/buggy', ['2', '1', '0'], ['main', 'slow']],
      ['sample/broken', ['1', '0', '1'], ['main']],
    ]);
    const failed = testsuites.testsuite[0]?.testcase[1];
    expect(failed?.classname).toBe('sample.fixed');
    expect(failed?.failure?.type).toBe('fails');
  });
});

describe('a summary', () => {
  const markdown = markdownSummary(verification);

  it('begins with the verdict, and names what does not hold with its command', () => {
    expect(markdown).toMatch(/^### Lastref: 3 of 5 cases not as expected\n/);
    expect(markdown).toContain("```sh\nx --a 'b'\n```");
    expect(markdown.match(/^\| `/gm)).toHaveLength(5);
    expect(markdownSummary({ ...verification, verified: true })).toContain('5 cases proved');
  });

  it('keeps each case in its line and its cells, whatever it is called', () => {
    const odd = row({ address: 'a|b\n`c`/d', expect: 'x|y' });
    const text = markdownSummary({ ...verification, cases: [odd] });
    const line = text.split('\n').find((one) => one.startsWith('| `'));
    expect(line?.match(/(?<!\\)\|/g)).toHaveLength(6);
    expect(line).toContain('`` a\\|b `c`/d ``');
  });
});
