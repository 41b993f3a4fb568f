/** Puts a state of the machine into words: the line of code that a task stands at, its call trace, what it waits for. */
import {
  at,
  cell,
  enabled,
  holdersOf,
  mayWaitForEver,
  resourceName,
  type BodyDecl,
  type Machine,
  type WaitingTask,
} from '@lastref/kernel';
import { opText, stepText } from './op-text.js';

/** What a worker does when it takes an item. */
const TAKE_ITEM = 'process_one_work()';
/** What a timer does whose time has come. */
const FIRE = 'call_timer_fn()';
const QUEUE_WORK = 'delayed_work_timer_fn()';
/** What begins a handler, by the kind of its field. */
const HANDLES: Readonly<Record<string, string>> = {
  irq: 'handle_irq_event()',
  threaded_irq: 'irq_thread_fn()',
  tasklet: 'tasklet_action()',
};

/** Where code stands: innermost function, and the call trace with its files. */
export interface Place {
  readonly function: string;
  readonly calls: readonly string[];
}

export class Narrator {
  constructor(private readonly machine: Machine) {}

  /** The step that the task has just executed at `pc`. */
  step(task: number, pc: number): Place & { readonly text: string } {
    if (pc === 0) return { text: this.takesUp(task), ...this.place(this.itemEntry(task)) };
    const { program } = this.machine.tables;
    return { text: stepText(program, pc, this.bodyOf(pc)), ...this.place(pc) };
  }

  /** The operation at `pc`, executed or not. */
  line(pc: number): string {
    return opText(this.machine.tables.program, pc, this.bodyOf(pc));
  }

  place(pc: number): Place {
    const { program, fn } = this.machine.tables;
    const calls: string[] = [];
    for (let f = at(program.code, pc).frame; f >= 0; f = at(program.frames, f).caller) {
      const named = at(program.functions, at(program.frames, f).fn);
      if (named.file !== '-') calls.push(`${named.name} (${named.file})`);
    }
    return { function: program.functions[cell(fn, pc)]?.name ?? 'process_one_work', calls };
  }

  /** What a worker, timer or handler does that was idle. */
  private takesUp(task: number): string {
    const actor = at(this.machine.tables.layout.tasks, task);
    switch (actor.kind) {
      case 'task':
      case 'worker':
        return TAKE_ITEM;
      case 'timer':
        return actor.queue < 0 ? FIRE : QUEUE_WORK;
      case 'handler':
        return HANDLES[this.kindOf(actor.number)] ?? TAKE_ITEM;
    }
  }

  /** Kind of the field that the item is. */
  private kindOf(number: number): string {
    const { layout, program } = this.machine.tables;
    const item = layout.items[number];
    const type = program.types[layout.objects[item?.object ?? 0]?.type ?? -1];
    return type?.fields[item?.field ?? -1]?.kind ?? '';
  }

  /** Where the item begins that the worker runs, or the function of a timer or handler; 0 for a task that runs none. */
  itemEntry(task: number): number {
    const { layout, program } = this.machine.tables;
    const actor = at(layout.tasks, task);
    if (actor.kind === 'task') return 0;
    const item = layout.items[actor.kind === 'worker' ? cell(this.machine.state, actor.item) : 0];
    const work = program.works[actor.kind === 'worker' ? (item?.work ?? -1) : actor.work];
    return program.bodies[work?.body ?? -1]?.entry ?? 0;
  }

  /** The task if it can take no step; undefined for one that has ended or can go on. */
  waitingTask(task: number): WaitingTask | undefined {
    const { machine } = this;
    const { layout, lockClasses } = machine.tables;
    const pc = cell(machine.state, cell(machine.pcSlot, task));
    if (pc === 0 || enabled(machine, task)) return undefined;
    const mask = holdersOf(machine, task);
    const resource = resourceName(machine.tables, pc);
    return {
      task,
      pc,
      text: this.line(pc),
      ...this.place(pc),
      resource,
      ...(lockClasses.some(({ name }) => name === resource) ? { wants: resource } : {}),
      holders: layout.tasks.flatMap((_task, t) => ((mask & (1 << t)) === 0 ? [] : [t])),
      parked: mayWaitForEver(machine, task),
    };
  }

  waiting(): WaitingTask[] {
    return this.machine.tables.layout.tasks.flatMap((_, task) => this.waitingTask(task) ?? []);
  }

  private bodyOf(pc: number): BodyDecl | undefined {
    const { bodyOf, program } = this.machine.tables;
    return program.bodies[bodyOf[pc] ?? -1];
  }
}
