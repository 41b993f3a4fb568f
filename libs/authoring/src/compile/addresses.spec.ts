/** Several Scenarios of one name hold the variants of one, as a front end makes them. */
import { task, type Scenario } from '../language/scenario.js';
import { statics } from '../language/globals.js';
import { flag } from '../language/struct.js';
import { addressesOf, resolveAddress } from './addresses.js';
import { compile, tryCompile } from './compile.js';

const { x } = statics({ x: flag() });
const scenario = (
  name: string,
  variant: string,
  cases: readonly string[] = ['main'],
): Scenario => ({
  name,
  title: name,
  switches: {},
  variants: {
    [variant]: {
      title: variant,
      switches: [],
      cases: Object.fromEntries(
        cases.map((key) => [
          key,
          {
            title: key,
            tasks: [
              task(variant, (f) => {
                f.set_bit(x);
              }),
            ],
          },
        ]),
      ),
    },
  },
});
const both = [scenario('demo', 'buggy'), scenario('demo', 'fixed', ['main', 'late'])];

it('all their addresses are there, in order', () => {
  expect(addressesOf(both).map((a) => `${a.scenario}/${a.variant}/${a.case}`)).toEqual([
    'demo/buggy/main',
    'demo/fixed/main',
    'demo/fixed/late',
  ]);
});

it('an address finds the one that has the variant', () => {
  expect(resolveAddress(both, 'demo/fixed').scenario).toBe(both[1]);
  expect(compile(both, 'demo/buggy').tasks[0]?.name).toBe('buggy');
});

it('a variant that two of them have, or another name, is an error', () => {
  expect(() => addressesOf([scenario('demo', 'fixed'), scenario('demo', 'fixed')])).toThrow(
    "demo/fixed is there twice: 'fixed' and 'fixed'",
  );
  expect(() => addressesOf([scenario('demo', 'a'), scenario('other', 'b')])).toThrow(
    "'demo' and 'other' are two scenarios",
  );
});

it('names of every JavaScript object are no cases', () => {
  expect(() => resolveAddress(both, 'demo/fixed/constructor')).toThrow("no case 'constructor'");
});

it('a case that does not compile is a result beside those that do', () => {
  const broken: Scenario = {
    ...scenario('demo', 'fixed'),
    variants: {
      fixed: {
        title: 'fixed',
        switches: [],
        cases: {
          main: {
            title: 'main',
            tasks: [
              task('a', (f) => {
                f.set_bit(x);
              }),
            ],
          },
          drops: { title: 'drops', tasks: [task('a', (f) => void f.test_bit(x))] },
          throws: {
            title: 'throws',
            tasks: [
              task('a', () => {
                throw new TypeError('cannot read x of undefined');
              }),
            ],
          },
        },
      },
    },
  };
  const results = addressesOf(broken).map((a) => tryCompile(broken, `demo/fixed/${a.case}`));
  expect(results.map(({ ok }) => ok)).toEqual([true, false, false]);
  const messages = results.map((result) => (result.ok ? '' : result.message));
  expect(messages[1]).toMatch(/^demo\/fixed\/drops: a: a condition was made and not used/);
  expect(messages[2]).toMatch(
    /^demo\/fixed\/throws: a: cannot read x of undefined \(\S*addresses\.spec\.ts:\d+:\d+\)$/,
  );
});
