/**
 * The C program that samples: same generator, same draws, same rule for cuts; counts by how runs end, and steps. Who can run
 * is one mask, kept up to date by the steps themselves through Q, the tasks that wait per slot.
 */
import { at } from '@lastref/kernel';
import { C_ENDS, startOf, taskStart, type CModel } from './model.js';

/** Argument 1: first seed, 2: number of seeds. Prints JSON. */
export function samplingProgram({ c, operations, text, steps }: CModel): string {
  const { program, tables } = c;
  const { layout } = tables;
  const size = layout.slots.length;
  const { bytes, stands } = startOf(c);
  const optional = program.tasks.flatMap(({ optional: weight }, t) =>
    weight === undefined ? [] : [`if (DRAWN(${weight})) { ${taskStart(c, t)} }`],
  );
  return `#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __BMI2__
#include <immintrin.h>
#endif
typedef unsigned ${layout.tasks.length > 8 ? 'int' : 'char'} tasks_t;
static struct state { unsigned char B[${size}]; tasks_t Q[${size}]; unsigned short W[${layout.tasks.length}]; } S, S0 = {
  .B = {${bytes}},
  .W = {${stands}}
};
#define B S.B
#define Q S.Q
#define W S.W
/* Notes a task that waits at a slot, forgets it, and lets those noted there run or not. */
#define QUEUE(s, b) Q[s] |= (b)
#define LEAVE(s, b) Q[s] &= ~(b)
#define WAKE(s) mask |= Q[s]
#define HOLD(s) mask &= ~Q[s]
#define RWSEM(s) mask = (mask & ~(Q[s] | Q[(s) + 1])) | (B[s] ? 0 : (B[(s) + 3] ? 0 : Q[s]) | (B[(s) + 1] ? 0 : Q[(s) + 1]))
#define AWAKE(m) mask |= (m)
#define WORKER(w) if (W[w] >= ${program.code.length}) mask |= 1u << (w)
#define ARRIVE(t) if (can(t)) mask |= 1u << (t)
#define REST(b) mask &= ~(b)
#define BLOCK(b) { mask &= ~(b); goto done; }
#define STUCK(b) { mask &= ~(b); goto stuck; }
#define CAN(u) (mask >> (u) & 1)
#define fail(n) do { end = n; goto over; } while (0)
#define DRAWN(weight) (draw() >> 16 < (weight))
static uint32_t s0, s1;
static inline uint32_t fmix32(uint32_t h) {
  h ^= h >> 16; h *= 0x85ebca6bu; h ^= h >> 13; h *= 0xc2b2ae35u; return h ^ (h >> 16);
}
static inline void seed(uint64_t n) {
  uint32_t high = n >> 32, low = n;
  for (uint32_t r = 1; r <= 4; r++) { uint32_t m = high ^ fmix32(low + r * 0x9e3779b9u); high = low; low = m; }
  s0 = high || low ? high : 0x9e3779b9u; s1 = low;
}
static inline uint32_t draw(void) {
  uint32_t a = s0, b = s1 ^ a, p = a * 0x9e3779bbu, x = ((p << 5) | (p >> 27)) * 5;
  s0 = ((a << 26) | (a >> 6)) ^ b ^ (b << 9); s1 = (b << 13) | (b >> 19);
  return x;
}
static inline int nth(unsigned mask, int k) {
#ifdef __BMI2__
  return __builtin_ctz(_pdep_u32(1u << k, mask));
#else
  while (k--) mask &= mask - 1;
  return __builtin_ctz(mask);
#endif
}
${text}${heldBack(c)}${timeout(c, operations)}
static uint64_t ends[${C_ENDS.length}], taken;
static void sample(uint64_t from, uint64_t count) {
  unsigned first = 0;
  S = S0;
  for (int t = 0; t < TASKS; t++) if (can(t)) first |= 1u << t;
  const struct state start = S;
  for (uint64_t n = from; n < from + count; n++) {
    S = start; seed(n);
    unsigned mask = first; int end, left = ${program.maxSteps}, t, L;${c.eager ? ' find_dead();' : ''}
    ${optional.join(' ')}
    goto next;
stuck:
    if (deadlocked(t, mask)) fail(DEADLOCK);
done:${c.eager ? '\n    if (dead) recycle();' : ''}
next:;
    unsigned ready = mask${program.order.length > 0 ? ' & ~held_back()' : ''};
    if (!ready) {
      ${tables.hasTimeouts ? 'ready = timeout(); mask |= ready;' : ''}
      if (!ready) { end = mask ? OUTSIDE : ending(); goto over; }
    }
    if (!left) fail(CUT);
    left--;
    const int c = __builtin_popcount(ready);
    t = c == 1 ? __builtin_ctz(ready) : nth(ready, (uint64_t)draw() * c >> 32);
    L = LOCALS[t]; (void)L;
    const unsigned bit = 1u << t; (void)bit;
${steps}
over:
    ends[end]++; taken += ${program.maxSteps} - left;
  }
}
int main(int argc, char **argv) {
  struct timespec a, b;
  if (argc < 3) return 2;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
  sample(strtoull(argv[1], 0, 10), strtoull(argv[2], 0, 10));
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
  printf("{\\"steps\\":%llu,\\"seconds\\":%.9f,\\"ends\\":[", (unsigned long long)taken, (b.tv_sec - a.tv_sec) + 1e-9 * (b.tv_nsec - a.tv_nsec));
  for (int i = 0; i < ${C_ENDS.length}; i++) printf("%s%llu", i ? "," : "", (unsigned long long)ends[i]);
  printf("]}\\n");
  return 0;
}
`;
}

/** Tasks whose next step would break the order of the case. */
function heldBack({ program, tables }: CModel['c']): string {
  if (program.order.length === 0) return '';
  const cases = program.code.flatMap((_, pc) => {
    const missing = (tables.requires[pc] ?? []).map((slot) => `!B[${slot}]`);
    if (missing.length === 0) return [];
    const own = `!B[${at(tables.milestone, pc)}]`;
    return [`  case ${pc}: if (${own} && (${missing.join(' || ')})) held |= 1u << t; break;`];
  });
  return `static unsigned held_back(void) {
  unsigned held = 0;
  for (int t = 0; t < TASKS; t++) switch (W[t]) {
${cases.join('\n')}
  }
  return held;
}
`;
}

/** The first task that waits with a timeout, which passes only when nothing else can. */
function timeout({ program, tables }: CModel['c'], operations: CModel['operations']): string {
  if (!tables.hasTimeouts) return '';
  const cases = program.code.flatMap(({ op }, pc) =>
    operations[op]?.timesOut === true ? [`case ${pc}: `] : [],
  );
  return `static unsigned timeout(void) {
  for (int t = 0; t < TASKS; t++) switch (W[t]) { ${cases.join('')}return 1u << t; }
  return 0;
}
`;
}
