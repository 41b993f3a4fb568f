/**
 * Who may still start whom, read off the code: a task by the milestone it starts after, or by what its first operation waits
 * for; a worker by who feeds its queue; a timer or handler by who touches its item. Whoever may still start somebody carries
 * what that one will do, as the papers' threads carry that of threads they have not created yet.
 * Limits: two that may start the same one both carry it; a worker is started anew by each item.
 */
import {
  at,
  codeTouches,
  itemsOfQueueType,
  laidOut,
  specOf,
  tablesOf,
  type Actor,
  type Program,
  type Tables,
} from '@lastref/kernel';
import { fused } from '../../search/reduction/code-walk.js';
import { unionAhead } from './ahead.js';

export interface Starts {
  /** Per operation: actors that it may start, as a mask. */
  readonly at: Int32Array;
  /** Per operation: actors that may be started from there on, and by those. */
  readonly from: Int32Array;
  /** Per actor, while it is idle: the same of what it will run. */
  readonly idle: Int32Array;
  /** Actors that something may start. */
  readonly late: number;
}

const known = new WeakMap<Program, Starts>();

export function startsOf(program: Program): Starts {
  let starts = known.get(program);
  if (starts === undefined) {
    starts = read(program);
    known.set(program, starts);
  }
  return starts;
}

/** Where an actor that is idle, or has not begun, may begin. */
export function entriesOf({ program }: Tables, actor: Actor): readonly number[] {
  const entry = (work: number): number => at(program.bodies, at(program.works, work).body).entry;
  switch (actor.kind) {
    case 'task':
      return [at(program.bodies, actor.body).entry];
    case 'worker':
      if (program.parked.includes(actor.queueType)) return [];
      return itemsOfQueueType(program, actor.queueType).map(entry);
    case 'timer':
    case 'handler':
      return [entry(actor.work)];
  }
}

function read(program: Program): Starts {
  const tables = tablesOf(program);
  const actors = tables.layout.tasks;
  const waitedFor = actors.map((actor, task) =>
    actor.kind === 'task' ? waitedForBy(tables, task) : '',
  );
  const direct = startedBy(tables, waitedFor);
  const ahead = unionAhead(program, (pc) => at(direct, pc));
  const idle = actors.map((actor) =>
    entriesOf(tables, actor).reduce((mask, pc) => mask | at(ahead, pc), 0),
  );
  for (let grows = true; grows;) {
    grows = false;
    idle.forEach((mask, task) => {
      const all = withTheirs(idle, mask);
      if (all === mask) return;
      idle[task] = all;
      grows = true;
    });
  }
  return {
    at: direct,
    from: ahead.map((mask) => withTheirs(idle, mask)),
    idle: Int32Array.from(idle),
    late: direct.reduce((all, mask) => all | mask, 0),
  };
}

const withTheirs = (idle: readonly number[], mask: number): number =>
  idle.reduce((all, theirs, task) => ((mask & (1 << task)) === 0 ? all : all | theirs), mask);

function startedBy(tables: Tables, waitedFor: readonly string[]): Int32Array {
  const { program, layout } = tables;
  const touches = codeTouches(tables);
  return Int32Array.from(program.code, (op, pc) => {
    if (pc === 0) return 0;
    const body = program.bodies[tables.bodyOf[pc] ?? -1];
    const operands = laidOut(specOf(op.op).operands).map(({ operand, offset }) => {
      const first = op.args[offset] ?? -1;
      const type = body?.locals[first]?.type ?? -1;
      return { operand, type, field: op.args[offset + 1] ?? -1 };
    });
    const feeds = operands.flatMap(({ operand, type }) =>
      operand.is === 'pointer' && operand.touch === 'feeds' ? [type] : [],
    );
    const works = operands.flatMap(({ operand, type, field }) =>
      operand.is === 'place' && operand.touch !== 'reads'
        ? (program.types[type]?.fields[field]?.work ?? [])
        : [],
    );
    const writes = at(touches, pc).flatMap((touch) => (touch.writes ? [touch.location] : []));
    return layout.tasks.reduce((mask, actor, task) => {
      const starts = ((): boolean => {
        switch (actor.kind) {
          case 'task':
            if (op.milestone !== undefined && program.tasks[task]?.after === op.milestone)
              return true;
            return tables.bodyOf[pc] !== actor.body && writes.includes(at(waitedFor, task));
          case 'worker':
            return feeds.includes(actor.queueType) && entriesOf(tables, actor).length > 0;
          case 'timer':
          case 'handler':
            return works.includes(actor.work);
        }
      })();
      return starts ? mask | (1 << task) : mask;
    }, 0);
  });
}

/** What a task's first operation waits for, where anybody may bring it, as pthread_begin does; '' if it waits for nothing. */
function waitedForBy(tables: Tables, task: number): string {
  const { program } = tables;
  const body = program.tasks[task]?.body;
  if (body === undefined) return '';
  const { arrives } = fused(program, at(program.bodies, body).entry);
  const [first = 0] = arrives;
  if (arrives.length !== 1 || first === 0) return '';
  const { wait } = specOf(at(program.code, first).op);
  if (wait === 'never' || wait.holders !== 'unknown' || wait.endsBy !== 'anyone') return '';
  const [touch] = at(codeTouches(tables), first);
  return touch === undefined || touch.type >= 0 ? '' : touch.location;
}
