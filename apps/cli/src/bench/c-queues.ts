/**
 * Ordered workqueues in C: a queue of pending items per queue object, one worker each. A worker with nothing to do has a
 * number of its own in W, so that taking an item is a case like any other.
 */
import { at } from '@lastref/kernel';
import { linear, type CLayout } from './c-layout.js';
import type { Site } from './c-site.js';
import { release } from './c-memory.js';

/** The step of an idle worker: process_one_work. */
export function takeItem(c: CLayout, task: number, goneModules: ReadonlySet<number>): string {
  const { layout } = c.tables;
  const worker = at(layout.tasks, task);
  const type = at(c.tables.typeOf, worker.queue);
  const queue = c.fifo(type, String(worker.queue));
  if (queue.length === 0) return '';
  const slot = at(layout.objects, worker.queue)?.fifo ?? 0;
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

export function queueWork(site: Site): string {
  const { c } = site;
  const [queue, owner] = [site.object(0), site.object(1, 'w')];
  const { slot, length } = c.fifo(queue.type, 'o');
  const items = c.objects(owner.type).map((o) => at(c.tables.itemOfField, (o << 5) | site.arg(2)));
  const [a = 0, b = a] = items;
  const item = linear('w', c.first(owner.type), items.length, b - a, a);
  const pending = Array.from(c.tables.fifoSlots, (s) => `B[${s}] == i`).join(' | ');
  const worker = c.worker(queue.type, 'o');
  const wake = c.program.parked.includes(queue.type) ? '' : `WORKER(${worker});`;
  const place = Array.from({ length }, (_, n) => `if (!B[${slot} + ${n}]) B[${slot} + ${n}] = i;`);
  return (
    `${queue.check} ${owner.check} const int i = ${item}; ` +
    `if (B[${c.draining(queue.type, 'o')}] | ${pending}) ${site.go()} ` +
    `${place.join(' else ')} ${wake} ${site.go()}`
  );
}

export function flushWorkqueue(site: Site): string {
  const { c } = site;
  const queue = site.object(1);
  const { slot, length } = c.fifo(queue.type, 'o');
  const terms = Array.from({ length }, (_, n) => `!!B[${slot} + ${n}]`);
  const count = [`!!B[${c.running(queue.type, 'o')}]`, ...terms].join(' + ');
  return `${queue.check} ${site.pointer(0)} = ${count}; ${site.go()}`;
}

export function destroyWorkqueue(site: Site): string {
  const queue = site.object(0);
  return `${queue.check} B[${site.c.draining(queue.type, 'o')}] = 1; ${site.go()}`;
}

export function destroyWorkqueueWait(site: Site): string {
  const queue = site.object(0);
  const draining = site.c.draining(queue.type, 'o');
  return (
    `${queue.check} LEAVE(${draining}, ${site.bit}); ` +
    `${release(site, queue.type)}B[${draining}] = 0; ${site.go()}`
  );
}

/** The item's function has returned: flushes count one down, a drained queue may go, and the worker is idle. */
export function workDone(site: Site): string {
  const workers = site.c.runners[site.body] ?? [];
  const cases = workers.map((task) => `case ${task}: ${done(site.c, task)}`);
  return workers.length === 1 ? done(site.c, at(workers, 0)) : `switch (t) { ${cases.join(' ')} }`;
}

function done(c: CLayout, task: number): string {
  const { layout } = c.tables;
  const { queue, item, locals, localCount } = at(layout.tasks, task);
  const type = at(c.tables.typeOf, queue);
  const { slot, length } = c.fifo(type, String(queue));
  const flushes = c.program.code.some(({ op }) => op === 'flush_workqueue_wait');
  const pending = length === 0 ? '0' : `B[${slot}]`;
  return (
    `${flushes ? `AWAKE(flushed(${queue})); ` : ''}B[${item}] = 0; ` +
    `memset(B + ${locals}, 0, ${localCount}); W[${task}] = ${c.idle(task)}; ` +
    `if (!${pending}) { WAKE(${c.draining(type, String(queue))}); REST(${1 << task}u); } goto done;`
  );
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
