/** Kernel C that is read, and what is told of C that is not. */
import { parsed } from './parsing.fixture.js';

const inFunction = (code: string): string => `void f(struct foo *foo)\n{\n${code}\n}`;

it.each([
  'int a, *b, **c;',
  'static const struct file_operations foo_fops = { .owner = THIS_MODULE, .open = foo_open, };',
  'typedef struct { int a; } foo_t; foo_t *x;',
  'struct foo { union { int a; void *b; }; unsigned int c:3, :5; char name[16]; int (*cb)(void *, int); };',
  'enum state { FOO_NEW, FOO_OLD = 1 << 2, FOO_GONE, };',
  'static DEFINE_MUTEX(foo_mutex);\nstatic LIST_HEAD(foo_list);',
  'MODULE_LICENSE("GPL");\nint a;',
  'static int __init __must_check foo_init(void) { return 0; }',
  'void f(void) __must_hold(&lock);',
  'int (*get(int a))(int b);',
  'asm(".text"); int a;',
  'unknown_type *foo(other_type x, struct bar *, ...);',
])('reads at file level %j', (text) => {
  expect(parsed(text).told).toEqual([]);
});

it.each([
  'if (a) b(); else if (c) d(); else { e(); }',
  'for (int i = 0; i < 3; i++) continue;',
  'for (;;) break;',
  'do { a++; } while (--b);',
  'switch (a) { case 1: case 2 ... 4: b(); break; default: }',
  'goto out; again: a(); out: return;',
  'guard(mutex)(&foo->lock);',
  'scoped_guard(spinlock, &foo->lock) a();',
  'struct bar *p __free(kfree) = kzalloc(sizeof(*p), GFP_KERNEL);',
  'list_for_each_entry_safe(a, b, &foo->list, node) { list_del(&a->node); kfree(a); }',
  'hlist_for_each_entry(a, &foo->list, node) b(a);',
  'x = container_of(p, struct foo, dev.kobj);',
  'y = (struct foo *)p + sizeof(struct foo) * (u64)(n);',
  'a = ({ int t = b; t + 1; });',
  'x = a ? b : c, d ?: e;',
  'foo_t *x = (foo_t){ .a = 1, [2] = 3 };',
  'pr_info(FOO "a" PRIu64 "b\\n", foo->n);',
  'typeof(x) y = &*x->z[3].w;',
  'x = !a || -b & ~c; a <<= 2;',
  'wait_event(foo->wq, foo->done || !foo->open);',
])('reads in a function %j', (code) => {
  expect(parsed(inFunction(code)).told).toEqual([]);
});

it('goes on behind a function that cannot be read, and behind other mistakes', () => {
  const { told, unit } = parsed(
    'int f(void)\n{\n\treturn 1\n}\nint 3;\nint g(void) { return 2; }\nstruct s { int; int a };\nint h;',
  );
  expect(told).toEqual([
    "a.c:4:1: error: f cannot be read: ';' expected before '}'",
    "a.c:5:5: error: a name expected before '3'",
    "a.c:7:23: error: ';' expected before '}'",
  ]);
  expect([...unit.functions].map(([name, { body }]) => [name, body !== null])).toEqual([
    ['f', false],
    ['g', true],
  ]);
  expect(unit.variables.map(({ name }) => name)).toContain('h');
});

it('tells of a function that is defined twice', () => {
  expect(parsed('void f(void) {}\nvoid f(void) {}').told[0]).toContain('f is defined twice');
});

it('is bounded in depth', () => {
  const deep = inFunction(`a = ${'('.repeat(5000)}1${')'.repeat(5000)};`);
  expect(parsed(deep).told[0]).toContain('nested deeper than');
});

it('is bounded in what it shows, and in time', () => {
  const { told } = parsed('int 3;\n'.repeat(100_000));
  expect(told).toHaveLength(50);
});
