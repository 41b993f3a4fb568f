/** Ordered workqueues in C: a queue of pending items per queue object, one worker each. */
import { at } from '@lastref/kernel';
import { linear, type CLayout } from '../layout.js';
import type { CFamily, CWait } from '../operation.js';
import { release } from '../release.js';
import type { Site } from '../site.js';

export const queueOperations = {
  queue_work: { run: queueWork },
  flush_workqueue: { run: flushWorkqueue },
  flush_workqueue_wait: { run: (site) => site.go(), wait: flushing },
  destroy_workqueue: { run: destroyWorkqueue },
  destroy_workqueue_wait: { run: destroyWorkqueueWait, wait: destroying },
  work_done: { run: workDone },
} satisfies CFamily;

/** A draining queue takes items only from the one that it runs. */
function queueWork(site: Site): string {
  const { c } = site;
  const [queue, owner] = [site.object(0), site.object(1, 'w')];
  const { slot, length } = c.fifo(queue.type, 'o');
  const items = c.objects(owner.type).map((o) => at(c.tables.itemOfField, (o << 5) | site.arg(2)));
  const [a = 0, b = a] = items;
  const item = linear('w', c.first(owner.type), items.length, b - a, a);
  const pending = Array.from(c.tables.fifoSlots, (s) => `B[${s}] == i`).join(' | ');
  const worker = c.worker(queue.type, 'o');
  const wake = c.program.parked.includes(queue.type) ? '' : `WORKER(${worker});`;
  const own = `(B[${c.running(queue.type, 'o')}] && ${worker} == ${site.t})`;
  const refused = `B[${c.draining(queue.type, 'o')}] && !${own}`;
  const place = Array.from({ length }, (_, n) => `if (!B[${slot} + ${n}]) B[${slot} + ${n}] = i;`);
  return (
    `${queue.check} ${owner.check} const int i = ${item}; ` +
    `if (${pending}) ${site.go()} if (${refused}) ${site.go()} ` +
    `${place.join(' else ')} ${wake} ${site.go()}`
  );
}

function flushWorkqueue(site: Site): string {
  const { c } = site;
  const queue = site.object(1);
  const { slot, length } = c.fifo(queue.type, 'o');
  const terms = Array.from({ length }, (_, n) => `!!B[${slot} + ${n}]`);
  const count = [`!!B[${c.running(queue.type, 'o')}]`, ...terms].join(' + ');
  return `${queue.check} ${site.pointer(0)} = ${count}; ${site.go()}`;
}

function destroyWorkqueue(site: Site): string {
  const queue = site.object(0);
  return `${queue.check} B[${site.c.draining(queue.type, 'o')}] = 1; ${site.go()}`;
}

function flushing(site: Site): CWait {
  const { find } = site.object(0);
  const passes = `!${site.value(1)}`;
  return { find, dangling: null, slot: null, passes, holders: runner(site) };
}

function destroying(site: Site): CWait {
  const { c } = site;
  const { type, find, dangling } = site.object(0);
  const { slot, length } = c.fifo(type, 'o');
  const running = `B[${c.running(type, 'o')}]`;
  return {
    find,
    dangling,
    slot: c.draining(type, 'o'),
    passes: length === 0 ? `!${running}` : `!(B[${slot}] | ${running})`,
    holders: runner(site),
  };
}

/** Bit of the worker of queue `o` while it runs an item. */
function runner(site: Site): string {
  const { c } = site;
  const type = site.typeAt(0);
  return `(o && B[${c.running(type, 'o')}] ? 1u << (${c.worker(type, 'o')}) : 0)`;
}

function destroyWorkqueueWait(site: Site): string {
  const queue = site.object(0);
  const draining = site.c.draining(queue.type, 'o');
  return (
    `${queue.check} LEAVE(${draining}, ${site.bit}); ` +
    `${release(site, queue.type)}B[${draining}] = 0; ${site.go()}`
  );
}

/** The item's function has returned: flushes count one down, a drained queue may go, and the worker is idle. */
function workDone(site: Site): string {
  const workers = site.c.runners[site.body] ?? [];
  const cases = workers.map((task) => `case ${task}: ${done(site.c, task)}`);
  return workers.length === 1 ? done(site.c, at(workers, 0)) : `switch (t) { ${cases.join(' ')} }`;
}

function done(c: CLayout, task: number): string {
  const { queue, queueType: type, item, locals, localCount } = c.workerAt(task);
  const { slot, length } = c.fifo(type, String(queue));
  const flushes = c.program.code.some(({ op }) => op === 'flush_workqueue_wait');
  const pending = length === 0 ? '0' : `B[${slot}]`;
  return (
    `${flushes ? `AWAKE(flushed(${queue})); ` : ''}B[${item}] = 0; ` +
    `memset(B + ${locals}, 0, ${localCount}); W[${task}] = ${c.idle(task)}; ` +
    `if (!${pending}) { WAKE(${c.draining(type, String(queue))}); REST(${1 << task}u); } goto done;`
  );
}
