/** The C program that samples: same generator, same draws, same rule for cuts; counts by how runs end, and steps. */
import { META, META_WAITS, META_WAKES, ROW_SHIFT, type Tables } from '@lastref/kernel';

/** Argument 1: first seed, 2: number of seeds. Prints JSON. @param start the state vector at time 0 */
export function samplingProgram(model: string, tables: Tables, start: Int32Array): string {
  const { layout, program } = tables;
  const size = layout.slots.length;
  const trait = (bit: number): number[] =>
    program.code.map((_, pc) =>
      ((tables.code[(pc << ROW_SHIFT) + META] ?? 0) & bit) === 0 ? 0 : 1,
    );
  const waits = trait(META_WAITS);
  const wakes = trait(META_WAKES);
  const pcs = layout.tasks.map((task) => start[task.pc] ?? 0);
  return `#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
static unsigned char B[${size}];
static short W[${layout.tasks.length}];
static int dead;
${model}
static const unsigned char WAITS[] = {${waits.join(',')}};
static const unsigned char WAKES[] = {${wakes.join(',')}};
static const unsigned char B0[] = {${Array.from(start.subarray(0, size), (v, i) => (layout.tasks.some((t) => t.pc === i) ? 0 : v)).join(',')}};
static const short W0[] = {${pcs.join(',')}};
static uint32_t s0, s1;
static uint32_t fmix32(uint32_t h) {
  h ^= h >> 16; h *= 0x85ebca6bu; h ^= h >> 13; h *= 0xc2b2ae35u; return h ^ (h >> 16);
}
static void seed(uint64_t n) {
  uint32_t high = n >> 32, low = n;
  for (uint32_t r = 1; r <= 4; r++) { uint32_t m = high ^ fmix32(low + r * 0x9e3779b9u); high = low; low = m; }
  s0 = high || low ? high : 0x9e3779b9u; s1 = low;
}
static uint32_t next(void) {
  uint32_t a = s0, b = s1 ^ a, p = a * 0x9e3779bbu, x = ((p << 5) | (p >> 27)) * 5;
  s0 = ((a << 26) | (a >> 6)) ^ b ^ (b << 9); s1 = (b << 13) | (b >> 19);
  return x;
}
int main(int argc, char **argv) {
  uint64_t from = strtoull(argv[1], 0, 10), count = strtoull(argv[2], 0, 10), steps = 0, ends[10] = {0};
  struct timespec a, b;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
  for (uint64_t n = from; n < from + count; n++) {
    memcpy(B, B0, sizeof B); memcpy(W, W0, sizeof W); dead = 0; seed(n);
    uint32_t mask = 0; int end = -1, wake = 1, left = ${program.maxSteps};
    for (;;) {
      if (wake) { mask = 0; for (int t = 0; t < TASKS; t++) if (!WAITS[W[t]] || can(t)) mask |= 1u << t; }
      if (!mask) { end = ending(); break; }
      if (!left) { end = 9; break; }
      int c = __builtin_popcount(mask), k = c == 1 ? 0 : (int)(((uint64_t)next() * c) >> 32);
      uint32_t m = mask; while (k--) m &= m - 1;
      int t = __builtin_ctz(m), pc = W[t]; left--;
      if ((end = step(t))) break;
      wake = WAKES[pc];
      if (!wake) { if (!WAITS[W[t]] || can(t)) mask |= 1u << t; else mask &= ~(1u << t); }
    }
    ends[end]++; steps += ${program.maxSteps} - left;
  }
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
  printf("{\\"steps\\":%llu,\\"seconds\\":%.9f,\\"ends\\":[", (unsigned long long)steps, (b.tv_sec - a.tv_sec) + 1e-9 * (b.tv_nsec - a.tv_nsec));
  for (int i = 0; i < 10; i++) printf("%s%llu", i ? "," : "", (unsigned long long)ends[i]);
  printf("]}\\n");
  (void)argc;
  return 0;
}
`;
}
