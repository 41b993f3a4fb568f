/**
 * The C model inside Promela, for Spin's exhaustive search: the state vector is part of pan's, and every step of a task
 * is one d_step, so states and granularity are the program's own. A failure stops a branch and is counted.
 */
import { startOf, type CModel } from '../c/model.js';

export interface SpinFiles {
  /** model.pml */
  readonly promela: string;
  /** model.h, which it includes: Spin takes no inline text of this length. */
  readonly header: string;
}

export function spinModel({ c, text, steps }: CModel): SpinFiles {
  const { layout } = c.tables;
  const { bytes, stands } = startOf(c);
  const choices = layout.tasks.map(
    (_, t) => `  :: d_step { c_expr { (ready(${t})) } -> c_code { take(${t}); } }`,
  );
  const header = `
#include <stdint.h>
#include <string.h>
#define B now.B
#define W now.W
#define QUEUE(s, b)
#define LEAVE(s, b)
#define WAKE(s)
#define HOLD(s)
#define RWSEM(s)
#define AWAKE(m) (m)
#define WORKER(w)
#define ARRIVE(t)
#define REST(b)
#define BLOCK(b) goto done
#define STUCK(b) goto stuck
#define CAN(u) can(u)
#define fail(n) return n
${text}
static const unsigned char B0[] = {${bytes}};
static const short W0[] = {${stands}};
static void begin(void) { memcpy(B, B0, sizeof B0); memcpy(W, W0, sizeof W0); }
static int step(int t) {
  const int L = LOCALS[t];
  const unsigned bit = 1u << t;
  (void)L; (void)bit;
${steps}
stuck:
  if (deadlocked(t, 0)) fail(DEADLOCK);
done:
  if (dead) recycle();
  return 0;
}
#undef fail
static void take(int t) {
  find_dead();
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
  const promela = `c_state "unsigned char B[${layout.slots.length}]" "Global"
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
