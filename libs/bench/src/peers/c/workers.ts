/**
 * Workers in C: one per queue object. One with nothing to do has a number of its own in W, so that taking an item is a case
 * like any other.
 */
import { at } from '@lastref/kernel';
import type { CLayout } from './layout.js';
import type { Site } from './site.js';

/** The step of an idle worker: process_one_work. */
export function takeItem(c: CLayout, task: number, goneModules: ReadonlySet<number>): string {
  const { layout } = c.tables;
  const worker = c.workerAt(task);
  const type = worker.queueType;
  const queue = c.fifo(type, String(worker.queue));
  if (queue.length === 0) return '';
  const slot = worker.fifo;
  const shift = Array.from({ length: queue.length }, (_, i) =>
    i + 1 < queue.length ? `B[${slot + i}] = B[${slot + i + 1}];` : `B[${slot + i}] = 0;`,
  );
  const starts = c.worksOf(type).map((work) => `case ${work}: ${start(c, work, goneModules)}`);
  const works = layout.items.map((item) => item?.work ?? 0);
  return (
    `const int i = B[${slot}]; ${shift.join(' ')} B[${worker.item}] = i; ` +
    `const int o = IOBJ[i]; B[${worker.locals}] = o; ` +
    `switch (((const unsigned char[]){${works.join(',')}})[i]) { ${starts.join(' ')} } __builtin_unreachable();`
  );
}

/** From here on the worker stands in the work function, unless that or its object is gone. */
function start(c: CLayout, work: number, goneModules: ReadonlySet<number>): string {
  const { program, tables } = c;
  const { entry } = at(program.bodies, at(program.works, work).body);
  const module = moduleOf(c, entry);
  const text =
    module !== null && goneModules.has(module)
      ? `if (B[${at(tables.layout.modules, module) + 1}] == 2) fail(MODULE); `
      : '';
  const owner = program.types.findIndex(({ fields }) => fields.some((f) => f.work === work));
  const dead = `if (${c.life(owner, 'o')} > ${c.liveMax(owner)}) fail(MEMORY); `;
  return `${text}${dead}goto P${entry};`;
}

/** Module of the function a work item is bound to: the outermost frame of a real one. */
function moduleOf({ program, tables }: CLayout, entry: number): number | null {
  const { frames, functions } = program;
  let fn = at(tables.fn, entry);
  for (let f = at(program.code, entry).frame; f >= 0; f = at(frames, f).caller)
    if (at(functions, at(frames, f).fn).file !== '-') fn = at(frames, f).fn;
  return at(functions, fn).module ?? null;
}

/** `flushed(q)`: counts an ended item of queue q down, and gives the tasks that wait no longer. */
export function flushed(waits: readonly Site[]): string {
  if (waits.length === 0) return '';
  const cases = waits.map(
    (site) =>
      `  case ${site.pc}: if (${site.pointer(0)} == q && ${site.value(1)} && !--${site.value(1)}) free |= 1u << t; break;`,
  );
  return `static unsigned flushed(int q) {
  unsigned free = 0;
  for (int t = 0; t < TASKS; t++) {
    const int L = LOCALS[t];
    (void)L;
    switch (W[t]) {
${cases.join('\n')}
    }
  }
  return free;
}
`;
}
