/** Models from C to a verdict, and the mistakes that are told instead. */
import { prove } from '@lastref/exploration';
import { placeOf } from '@lastref/authoring';
import { FIXTURES } from './models.fixture.js';
import { front, reading, told } from './reading.fixture.js';

const failuresOf = (text: string): readonly string[] => {
  const [one] = reading(text).cases;
  if (one === undefined) throw new Error(told(text).join('\n'));
  return prove(one.compiled.program).failures;
};

it.each(Object.entries(FIXTURES))('%s compiles without a word', (_name, text) => {
  expect(told(text)).toEqual([]);
});

it('proves what is right, and finds what a lost line costs', () => {
  expect(failuresOf(FIXTURES.refcounts)).toEqual([]);
  const unbalanced = FIXTURES.refcounts.replace('\tkref_get(&foo->ref);\n', '');
  expect(failuresOf(unbalanced).join(' ')).toContain('use-after-free@');
  const unlocked = FIXTURES.refcounts.replace('\tguard(mutex)(&foo->lock);\n', '');
  expect(unlocked).not.toBe(FIXTURES.refcounts);
  expect(failuresOf(FIXTURES.work)).toEqual([]);
  expect(failuresOf(FIXTURES.loops)).toEqual([]);
});

it('steps stand in the lines of the author', () => {
  const [one] = reading(FIXTURES.work).cases;
  const { lines, program } = one?.compiled ?? {};
  if (lines === undefined || program === undefined) throw new Error('no program');
  const cancel = program.code.findIndex(({ op }) => op === 'disable_work_sync');
  const line = FIXTURES.work.split('\n').findIndex((text) => text.includes('disable_work_sync'));
  expect(placeOf(lines, cancel)).toBe(`demo.c:${line + 1}:2`);
  expect(lines.text[cancel]).toBe('disable_work_sync(&foo->work);');
});

it('a variant defines macros', () => {
  const text = `/* lastref
scenario: demo
variants: { buggy: {}, fixed: { define: FIXED } }
cases: { main: { given: "setup()", tasks: { a: stop(), b: stop() } } }
expect: { buggy/main: "all:double-free@stop", fixed/main: clean }
*/
struct foo { int a; };
static struct foo *the_foo;
static DEFINE_MUTEX(lock);
static void setup(void) { the_foo = kzalloc(sizeof(struct foo), GFP_KERNEL); }
static void stop(void)
{
	struct foo *foo;
#ifdef FIXED
	guard(mutex)(&lock);
#endif
	foo = the_foo;
	the_foo = NULL;
	kfree(foo);
}
`;
  const { cases } = reading(text);
  expect(told(text)).toEqual([]);
  expect(cases.map(({ address, compiled }) => [address, prove(compiled.program).failures])).toEqual(
    [
      ['demo/buggy/main', ['double-free@stop(foo freed by stop)']],
      ['demo/fixed/main', []],
    ],
  );
});

describe('mistakes', () => {
  const lines = (code: string): string[] =>
    told(`${front('a: run()')}struct foo { struct completion done; int n; };
static struct foo *the_foo;
static void setup(void) { the_foo = kzalloc(sizeof(*the_foo), GFP_KERNEL); }
static void run(void)
{
${code}
}
`);

  it.each([
    ['frob(1);', "demo.c:14:1: error: 'frob' is not known"],
    ['mutex_lok(&the_foo->done);', 'did you mean mutex_lock?'],
    ['mutex_lock(&the_foo->done);', "'&the_foo->done' is a completion; mutex needed"],
    ['the_foo->m = 1;', "struct foo has no field 'm'"],
    ['the_fo->n = 1;', "'the_fo' is not declared\n    did you mean the_foo?"],
    ['the_foo->ops->stop();', "a call through 'the_foo->ops->stop'"],
    ['if (the_foo->n & 1) run2();', "'&' is not supported"],
    ['struct foo foo;', "'foo' is a struct on the stack"],
    ['foo_for_each(x) { }', "'foo_for_each' is not known"],
    ['asm("nop");', 'assembly is not supported'],
    ['run();', 'run calls itself'],
    ['int i; for (i = 0; i < 3; i++) ;', 'demo.c:'],
    ['/* lastref: ignore */', 'directives in comments are not known yet'],
    ['if (mutex_lock_interruptible(&the_foo->done)) ;', "'mutex_lock_interruptible' is not known"],
    ['break;', 'break outside of a loop'],
    ['goto nowhere;', "no label 'nowhere'"],
  ])('tells of %j', (code, message) => {
    expect(lines(code).join('\n')).toContain(message);
  });

  it('are told at once', () => {
    const text = lines('frob(1);\nif (grab(2)) the_foo->m = 1;\nthe_foo->n = knob();').join(' ');
    expect(text).toContain("'frob' is not known");
    expect(text).toContain("'grab' is not known");
    expect(text).toContain("'knob' is not known");
  });

  it('of the front matter have their places', () => {
    const text = `/* lastref
scenario: Demo
variants: { one: {} }
case: {}
cases: { main: { tasks: { a: "run(" } } }
*/`;
    expect(told(text)).toEqual([
      expect.stringContaining('demo.c:2:11: error: front matter: scenario: write small letters'),
      "demo.c:4:7: error: front matter: 'case' is not known\n    did you mean cases?",
    ]);
    expect(told(text.replace('Demo', 'demo').replace('case: {}\n', ''))).toEqual([
      expect.stringContaining("demo.c:4:30: error: 'run(' is no C"),
    ]);
    expect(told('int a;')[0]).toContain('demo.c:1:1: error: there is no front matter');
    expect(told('/* lastref\nscenario: [\n*/')[0]).toMatch(/^demo\.c:\d+:\d+: error: front matter/);
  });
});
