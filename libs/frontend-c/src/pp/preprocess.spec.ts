/** What the preprocessor makes of a unit, and how it ends where C would not. */
import { parsed } from '../syntax/parsing.fixture.js';

const tokens = (text: string, files = {}, defines = {}): string =>
  parsed(text, files, defines).tokens;

it.each([
  ['#define N 3\nint a = N;', 'int a = 3 ;'],
  ['#define F(x) (x + x)\nint a = F(1);', 'int a = ( 1 + 1 ) ;'],
  ['#define F(x) x\n#define G F\nint a = G(2);', 'int a = 2 ;'],
  ['#define S(x) #x\nchar *a = S(b + c);', 'char * a = "b + c" ;'],
  ['#define J(a, b) a##b\nint J(foo, _bar);', 'int foo_bar ;'],
  ['#define P(fmt, ...) f(fmt, ##__VA_ARGS__)\nP(a); P(a, b, c);', 'f ( a ) ; f ( a , b , c ) ;'],
  ['#define X X + 1\nint a = X;', 'int a = X + 1 ;'],
  ['#define A B\n#define B A\nint A;', 'int A ;'],
  ['#define F(x) x\nint a = F\n(\n4\n);', 'int a = 4 ;'],
  ['#define N 1\n#undef N\nint a = N;', 'int a = N ;'],
  ['int a = 1 \\\n + 2; // end\n/* b */ int c;', 'int a = 1 + 2 ; int c ;'],
])('expands %j', (text, expected) => {
  expect(tokens(text)).toBe(expected);
});

it.each([
  ['#ifdef A\nint a;\n#else\nint b;\n#endif', {}, 'int b ;'],
  ['#ifdef A\nint a;\n#else\nint b;\n#endif', { A: '1' }, 'int a ;'],
  [
    '#if A > 2 && !defined(B)\nint a;\n#elif A\nint b;\n#else\nint c;\n#endif',
    { A: '3' },
    'int a ;',
  ],
  [
    '#if A > 2 && !defined(B)\nint a;\n#elif A\nint b;\n#else\nint c;\n#endif',
    { A: '1' },
    'int b ;',
  ],
  ['#if IS_ENABLED(CONFIG_X)\nint a;\n#endif\nint b;', {}, 'int b ;'],
  ['#if 0\n#if 1\nint a;\n#endif\n`@\n#endif\nint b;', {}, 'int b ;'],
])('decides %j with %j', (text, defines, expected) => {
  expect(tokens(text, {}, defines)).toBe(expected);
});

it('includes files of the map once, so that a circle ends', () => {
  const files = { 'b.h': '#include "c.h"\nint b;', 'c.h': '#include "b.h"\nint c;' };
  expect(tokens('#include "b.h"\n#include "c.h"\nint a;', files)).toBe('int c ; int b ; int a ;');
});

it('places tokens of a macro where it is invoked, and follows #line', () => {
  const { told } = parsed('#define BAD int 3\n#line 40 "drivers/foo.c"\n\nBAD;');
  expect(told).toEqual(["drivers/foo.c:41:1: error: a name expected before '3' (in macro BAD)"]);
});

it.each([
  ['#include "no.h"', "a.c:1:10: error: there is no file 'no.h'"],
  ['#if 1\nint a;', 'a.c:1:1: error: #if without #endif'],
  ['#endif', 'a.c:1:1: error: #endif without #if'],
  ['#error not here', 'a.c:1:1: error: #error not here'],
  ['#define F(x) x\nint a = F(1;', 'a.c:2:9: error: the arguments of macro F have no end'],
  ['int a; /* no end', 'a.c:1:8: error: this comment has no end'],
  ['#if 1 / 0\n#endif', "a.c:1:7: error: '/' has no value in #if"],
  ['#frobnicate', "a.c:1:1: error: '#frobnicate' is no directive"],
])('tells of %j', (text, message) => {
  expect(parsed(text).told[0]?.split('\n')[0]).toBe(message);
});

it('ends macros that double each other', () => {
  const doubling = Array.from({ length: 40 }, (_, i) => `#define M${i + 1} M${i} M${i}`).join('\n');
  expect(parsed(`#define M0 x\n${doubling}\nM40`).told[0]).toContain('macros make more than');
});
