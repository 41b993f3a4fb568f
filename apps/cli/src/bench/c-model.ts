/**
 * A program as C: the state vector in bytes, step(), can(), deadlocks, recycling and leaks, with every table written
 * out. The one model behind both C peers, sampling and Spin's pan. Limits: no optional tasks, milestones' order, faults,
 * module exit, lists or kernfs; asks for what it cannot say by name.
 */
import { specOf, tablesOf, type Program, type Tables } from '@lastref/kernel';
import { cOps, dangling, slotOf, statements, type COp } from './c-operations.js';

export type CModel =
  | { readonly ok: true; readonly text: string; readonly tables: Tables }
  | { readonly ok: false; readonly reason: string };

const numbers = (list: ArrayLike<number>): string => Array.from(list).join(',');

export function cModel(program: Program): CModel {
  const tables = tablesOf(program);
  const refusal = unsupported(program, tables);
  if (refusal !== null) return { ok: false, reason: refusal };
  const ops = cOps(program, tables).slice(1);
  const cases: string[] = [];
  const labels: string[] = ['P0: W[t] = 0; goto done;'];
  for (const op of ops) {
    const body = statements(op, tables);
    if (op.op === 'stay') {
      labels.push(`P${op.pc}: W[t] = ${op.pc}; goto done;`);
      continue;
    }
    if (body === null) return { ok: false, reason: `the C model has no ${op.op}` };
    if (specOf(program.code[op.pc]?.op ?? 'end').local === true) labels.push(`P${op.pc}: ${body}`);
    else {
      cases.push(`case ${op.pc}: ${body}`);
      labels.push(`P${op.pc}: W[t] = ${op.pc}; goto done;`);
    }
  }
  return { ok: true, tables, text: assemble(program, tables, ops, cases, labels) };
}

function unsupported(program: Program, tables: Tables): string | null {
  if (program.tasks.some((task) => task.optional !== undefined || task.after !== undefined))
    return 'the C model has no optional or late tasks';
  if (program.order.length > 0) return 'the C model has no order';
  if (program.faults.budget > 0 && program.faults.points.length > 0)
    return 'the C model has no faults';
  if (program.parked.length > 0) return 'the C model has no parked workers';
  if (tables.hasModuleExit) return 'the C model has no module exit';
  if (tables.layout.lists.length > 1) return 'the C model has no lists';
  const first = tables.layout.tasks.length;
  const large = tables.layout.slots.filter((slot) => slot.max > 255 && !slot.name.endsWith('.pc'));
  if (large.length > 0 || first > 24) return 'the C model has byte slots only';
  return null;
}

function assemble(
  program: Program,
  tables: Tables,
  ops: readonly COp[],
  cases: readonly string[],
  labels: readonly string[],
): string {
  const { layout } = tables;
  const waits = (pick: (op: COp) => string | null): string =>
    ops
      .flatMap((op) => {
        const text = pick(op);
        return text === null ? [] : [`case ${op.pc}: ${text}`];
      })
      .join('\n');
  const fifo = layout.objects.map((o) => o?.fifo ?? -1);
  const fifoLength = layout.objects.map((o) => o?.fifoLength ?? 0);
  const worker = layout.objects.map((o, n) =>
    o === null ? -1 : layout.tasks.findIndex((task) => task.queue === n),
  );
  const item = layout.objects.map((o, n) => {
    const fields = o === null ? [] : (program.types[o.type]?.fields ?? []);
    return `{${[...fields, null]
      .map((f) =>
        f?.work === undefined
          ? 0
          : layout.items.findIndex((i) => i?.object === n && i.work === f.work),
      )
      .join(',')}}`;
  });
  const widest = Math.max(...program.types.map((type) => type.fields.length)) + 1;
  const inits = layout.objects.map(
    (o) => `{${(o === null ? [0] : (tables.fieldInit[o.type] ?? [0])).join(',') || '0'}}`,
  );
  const widestInit = Math.max(1, ...tables.fieldInit.map((list) => list.length));
  const locks = Array.from(tables.classOfSlot, (cls) => (cls >= 0 ? 1 : 0));
  return `
#define TASKS ${layout.tasks.length}
#define OBJECTS ${layout.objects.length}
static const unsigned char MAX[] = {${layout.slots.map((s) => Math.min(255, s.max)).join(',')}};
static const unsigned char LOCK[] = {${locks.join(',')}};
static const short LOCALS[] = {${layout.tasks.map((t) => t.locals).join(',')}};
static const short LCOUNT[] = {${layout.tasks.map((t) => t.localCount).join(',')}};
static const short QUEUE[] = {${layout.tasks.map((t) => t.queue).join(',')}};
static const short RUNS[] = {${layout.tasks.map((t) => t.item).join(',')}};
static const short LIFE[] = {${numbers(tables.life)}};
static const short LIVEMAX[] = {${numbers(tables.liveMax)}};
static const short FIELDS[] = {${numbers(tables.fields)}};
static const short FIELDN[] = {${numbers(tables.fieldCount)}};
static const short TYPE[] = {${numbers(tables.typeOf)}};
static const short FIFO[] = {${fifo.join(',')}};
static const short FIFON[] = {${fifoLength.join(',')}};
static const short DRAINING[] = {${layout.objects.map((o) => o?.draining ?? -1).join(',')}};
static const short WORKER[] = {${worker.join(',')}};
static const unsigned char ITEM[][${widest}] = {${item.join(',')}};
static const unsigned char INIT[][${widestInit}] = {${inits.join(',')}};
static const short IOBJ[] = {${layout.items.map((i) => i?.object ?? 0).join(',')}};
static const short IPC[] = {${layout.items
    .map((i) => (i === null ? 0 : (program.bodies[program.works[i.work]?.body ?? 0]?.entry ?? 0)))
    .join(',')}};
static const short PTR[] = {${numbers(tables.pointerSlots)}};
static const short POWN[] = {${numbers(tables.pointerOwner)}};
static const short ITEMS[] = {${numbers(tables.itemSlots)},-1};
#define N(x) (int)(sizeof(x) / sizeof(x[0]))
static int alive(int o) { return o && B[LIFE[o]] <= LIVEMAX[o]; }
static int live(int o) { return B[LIFE[o]] > 0 && B[LIFE[o]] <= LIVEMAX[o]; }
static int fresh(int type, int life) {
  for (int o = 1; o < OBJECTS; o++) if (TYPE[o] == type && !B[LIFE[o]]) {
    B[LIFE[o]] = life;
    for (int i = 0; i < FIELDN[o]; i++) B[FIELDS[o] + i] = INIT[o][i];
    return o;
  }
  return 0;
}
static int release(int o, int by) {
  if (!alive(o)) return 0;
  for (int i = FIELDS[o]; i < FIELDS[o] + FIELDN[o]; i++) if (LOCK[i] && B[i]) return 0;
  for (int i = FIELDS[o]; i < FIELDS[o] + FIELDN[o]; i++) B[i] = 0;
  B[LIFE[o]] = LIVEMAX[o] + by;
  dead++;
  return 1;
}
static int pending(int q) { int n = 0; for (int i = 0; i < FIFON[q]; i++) n += B[FIFO[q] + i] != 0; return n; }
static int running(int q) { return WORKER[q] >= 0 && B[RUNS[WORKER[q]]] != 0; }
static void enqueue(int q, int item) {
  if (B[DRAINING[q]]) return;
  for (int p = 1; p < OBJECTS; p++) for (int i = 0; i < FIFON[p]; i++) if (B[FIFO[p] + i] == item) return;
  int end = FIFO[q];
  while (B[end]) end++;
  B[end] = item;
}
static void work_done(int t) {
  for (int u = 0; u < TASKS; u++) switch (W[u]) {
${waits((op) => (op.op === 'flush_workqueue_wait' ? `if (B[LOCALS[u] + ${op.args[0] ?? 0}] == QUEUE[t] && B[LOCALS[u] + ${op.args[2] ?? 0}]) B[LOCALS[u] + ${op.args[2] ?? 0}]--; break;` : null))}
  }
  B[RUNS[t]] = 0;
  for (int i = 0; i < LCOUNT[t]; i++) B[LOCALS[t] + i] = 0;
}
static int referenced(int o) {
  for (int i = 0; i < N(PTR); i++) if (B[PTR[i]] == o && (!POWN[i] || live(POWN[i]))) return 1;
  for (int i = 0; ITEMS[i] >= 0; i++) if (IOBJ[B[ITEMS[i]]] == o) return 1;
  return 0;
}
static void recycle(void) {
  dead = 0;
  for (int o = 1; o < OBJECTS; o++) if (B[LIFE[o]] > LIVEMAX[o]) { if (referenced(o)) dead++; else B[LIFE[o]] = 0; }
}
static int can(int t) {
  const int L = LOCALS[t];
  switch (W[t]) {
  case 0: return QUEUE[t] && FIFON[QUEUE[t]] && B[FIFO[QUEUE[t]]];
${waits(canText)}
  default: return 1;
  }
}
static int waits_for(int t) {
  const int L = LOCALS[t];
  int s;
  (void)s;
  switch (W[t]) {
${waits(holdersText)}
  default: return 0;
  }
}
static int deadlocked(int t) {
  int reached = waits_for(t), frontier = reached;
  while (frontier && !(reached >> t & 1)) {
    int u = __builtin_ctz(frontier);
    int more = (W[u] == 0 || can(u) ? 0 : waits_for(u)) & ~reached;
    reached |= more;
    frontier = (frontier & ~(1 << u)) | more;
  }
  return reached >> t & 1;
}
#define fail(n) return n
static int step(int t) {
  const int L = LOCALS[t];
  int s, o;
  (void)s; (void)o;
  switch (W[t]) {
  case 0: {
    const int q = QUEUE[t], item = B[FIFO[q]];
    for (int i = 1; i < FIFON[q]; i++) B[FIFO[q] + i - 1] = B[FIFO[q] + i];
    B[FIFO[q] + FIFON[q] - 1] = 0;
    B[RUNS[t]] = item;
    if (B[LIFE[IOBJ[item]]] > LIVEMAX[IOBJ[item]]) return 1;
    B[L] = IOBJ[item];
    W[t] = IPC[item];
    switch (IPC[item]) {
${[...new Set(layout.items.map((i) => (i === null ? 0 : (program.bodies[program.works[i.work]?.body ?? 0]?.entry ?? 0))))].map((pc) => `    case ${pc}: goto P${pc};`).join('\n')}
    }
    return 8;
  }
${cases.join('\n')}
  }
  return 8;
${labels.join('\n')}
done:
  if (dead) recycle();
  if (W[t] && !can(t) && deadlocked(t)) return 5;
  return 0;
}
static unsigned char seen[OBJECTS];
static void visit(int o) {
  if (!o || seen[o] || !live(o)) return;
  seen[o] = 1;
  for (int i = 0; i < N(PTR); i++) if (POWN[i] == o) visit(B[PTR[i]]);
}
/* A state without candidates: 0 clean, else the failure. */
static int ending(void) {
  for (int t = 0; t < TASKS; t++) switch (W[t]) {
  case 0: break;
${waits((op) => (op.op === 'stay' || op.op === 'wait_external' ? 'break;' : null))}
  default: return 6;
  }
  memset(seen, 0, sizeof seen);
  for (int i = 0; i < N(PTR); i++) if (!POWN[i]) visit(B[PTR[i]]);
  for (int i = 0; ITEMS[i] >= 0; i++) visit(IOBJ[B[ITEMS[i]]]);
  for (int o = 1; o < OBJECTS; o++) if (live(o) && !seen[o]) return 7;
  for (int i = 0; i < N(LOCK); i++) if (LOCK[i] && B[i]) {
    for (int t = 0; t < TASKS; t++) if (!W[t] && (B[i] == t + 1)) return 7;
  }
  return 0;
}
`;
}

const either = (op: COp, condition: string): string => `return ${dangling(op)} || ${condition};`;

function canText(op: COp): string | null {
  const s = slotOf(op);
  switch (op.op) {
    case 'stay':
      return 'return 0;';
    case 'mutex_lock':
      return either(op, `!B[${s}]`);
    case 'down_read':
      return either(op, `(!B[${s}] && !B[${s} + 2])`);
    case 'down_write_wait':
      return either(op, `(!B[${s}] && !B[${s} + 1])`);
    case 'wait_for_completion':
    case 'wait_external':
      return either(op, `B[${s}]`);
    case 'flush_workqueue_wait':
      return `return !B[L + ${op.args[2] ?? 0}];`;
    case 'destroy_workqueue_wait': {
      const q = `B[L + ${op.args[0] ?? 0}]`;
      return `return !alive(${q}) || ((!FIFON[${q}] || !B[FIFO[${q}]]) && !running(${q}));`;
    }
    default:
      return null;
  }
}

function holdersText(op: COp): string | null {
  const found = (mask: string): string =>
    `if (${dangling(op)}) return 0; s = ${slotOf(op)}; return ${mask};`;
  const owner = '(B[s] ? 1 << (B[s] - 1) : 0)';
  switch (op.op) {
    case 'mutex_lock':
      return found(owner);
    case 'down_read':
      return found(`${owner} | B[s + 2]`);
    case 'down_write_wait':
      return found(`${owner} | B[s + 1]`);
    case 'flush_workqueue_wait':
    case 'destroy_workqueue_wait': {
      const q = `B[L + ${op.args[0] ?? 0}]`;
      return `return running(${q}) ? 1 << WORKER[${q}] : 0;`;
    }
    default:
      return null;
  }
}
