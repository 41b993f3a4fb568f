/**
 * The C model inside Promela, for Spin's exhaustive search: the state vector is part of pan's, and every step of a task
 * is one d_step, so states and granularity are the program's own. A failure stops a branch and is counted.
 */
import type { Tables } from '@lastref/kernel';

export interface SpinFiles {
  /** model.pml */
  readonly promela: string;
  /** model.h, which it includes: Spin takes no inline text of this length. */
  readonly header: string;
}

export function spinModel(model: string, tables: Tables, start: Int32Array): SpinFiles {
  const { layout } = tables;
  const size = layout.slots.length;
  const isPc = (slot: number): boolean => layout.tasks.some((task) => task.pc === slot);
  const bytes = Array.from(start.subarray(0, size), (v, i) => (isPc(i) ? 0 : v));
  const pcs = layout.tasks.map((task) => start[task.pc] ?? 0);
  const choices = layout.tasks.map(
    (_, t) => `  :: d_step { c_expr { (ready(${t})) } -> c_code { take(${t}); } }`,
  );
  const header = `
#include <string.h>
#define B now.B
#define W now.W
static int dead;
${model}
#undef fail
static const unsigned char B0[] = {${bytes.join(',')}};
static const short W0[] = {${pcs.join(',')}};
static void begin(void) { memcpy(B, B0, sizeof B0); memcpy(W, W0, sizeof W0); }
static void take(int t) {
  dead = 0;
  for (int o = 1; o < OBJECTS; o++) dead += B[LIFE[o]] > LIVEMAX[o];
  now.failed = step(t);
}
static int stuck(void) {
  if (now.failed) return 1;
  for (int t = 0; t < TASKS; t++) if (can(t)) return 0;
  return 1;
}
static int ready(int t) { return now.failed ? 0 : can(t); }
static int bad(void) { return now.failed || ending(); }
#undef B
#undef W
`;
  const promela = `c_state "unsigned char B[${size}]" "Global"
c_state "short W[${layout.tasks.length}]" "Global"
c_state "unsigned char failed" "Global"
c_code {
\\#include "model.h"
}
init {
  d_step { c_code { begin(); } }
  do
${choices.join('\n')}
  :: c_expr { (stuck()) } -> break
  od;
  if
  :: c_expr { (bad()) } -> assert(false)
  :: else
  fi
}
`;
  return { promela, header };
}
