/** How each task stands in a state: what it waits for, if it cannot take the next step, and whether it ever can. */
import {
  at,
  cell,
  enabled,
  holdersOf,
  resource,
  specOf,
  waitAt,
  type Machine,
} from '@lastref/kernel';
import { unite, type Bits } from './bits.js';
import type { EffectBits } from './effect-bits.js';
import { fieldsOf, sourceOf, sourcesOf, textOf } from './sources.js';

/** What makes a task move that cannot move now. */
export interface Wait {
  /** Tasks all of which have to let go first; 0 if that is not how the wait ends. */
  readonly holders: number;
  /** Else: the effect that another's step must conflict with. */
  readonly effect: Bits;
}

export class Standing {
  /** Per task. */
  private readonly sources: readonly number[];
  private readonly onMilestone: readonly Bits[];
  /** Per source: what an idle one waits for. */
  private readonly onItems: readonly Bits[];
  private readonly onOrder: readonly Bits[];

  constructor(
    private readonly machine: Machine,
    private readonly effects: EffectBits,
  ) {
    const { program } = machine.tables;
    this.sources = machine.tables.layout.tasks.map((actor) => sourceOf(program, actor));
    this.onMilestone = program.milestones.map((_, m) => effects.writing(resource.milestone(m)));
    this.onItems = sourcesOf(program).map((source) =>
      source.of === 'queue'
        ? effects.writing(resource.items(source.type))
        : effects.bits({
            reads: new Set(textOf(program, source.work)),
            writes: new Set(fieldsOf(program, source.work)),
          }),
    );
    this.onOrder = program.code.map(({ milestone }) => {
      const before = program.order.filter(([, b]) => b === milestone).map(([a]) => a);
      const named = milestone === undefined ? [] : [milestone, ...before];
      return effects.writing(...named.map((m) => resource.milestone(m)));
    });
  }

  /** Source of an idle worker, timer or handler, -1 if the task is none. */
  idleOn(task: number): number {
    return this.pc(task) === 0 ? this.sourceOf(task) : -1;
  }

  /** Source of a worker, timer or handler, -1 if the task is none. */
  sourceOf(task: number): number {
    return at(this.sources, task);
  }

  pc(task: number): number {
    return cell(this.machine.state, cell(this.machine.pcSlot, task));
  }

  /** Where the task stands, or will stand when its milestone is reached; 0 for a worker that is idle. */
  startsAt(task: number): number {
    const pc = this.pc(task);
    if (pc !== 0) return pc;
    const { program } = this.machine.tables;
    const decl = program.tasks[task];
    return decl === undefined ? 0 : at(program.bodies, decl.body).entry;
  }

  /** How a task that is no candidate can come to move; null if it never does. */
  wait(task: number): Wait | null {
    const { machine } = this;
    const { program, layout } = machine.tables;
    if ((machine.parked & (1 << task)) !== 0) return null;
    const pc = this.pc(task);
    if (pc === 0) {
      const source = this.idleOn(task);
      if (source >= 0) return this.forItems(task, source);
      const after = program.tasks[task]?.after;
      if (after === undefined || cell(machine.state, at(layout.milestones, after)) !== 0)
        return null;
      return { holders: 0, effect: at(this.onMilestone, after) };
    }
    if (enabled(machine, task)) return { holders: 0, effect: at(this.onOrder, pc) };
    const wait = waitAt(machine, pc);
    if (machine.tables.anyTime && wait?.timeout === true) return this.barredTimeout(pc);
    // What waits without working on anything never gets on.
    if (specOf(at(program.code, pc).op).operands.length === 0) return null;
    const holders = wait?.endsBy === 'holders' ? holdersOf(machine, task) : 0;
    return { holders, effect: at(this.effects.op, pc) };
  }
  /** A timer is woken by who arms it, but fires only when nothing else can run, unless it may whenever it is armed. */
  private forItems(task: number, source: number): Wait | null {
    const { tables } = this.machine;
    if (tables.layout.tasks[task]?.kind === 'timer' && !tables.anyTime) return null;
    return { holders: 0, effect: at(this.onItems, source) };
  }

  /** A wait that could time out if `order` let it, or be passed. */
  private barredTimeout(pc: number): Wait {
    const effect = at(this.effects.op, pc).slice();
    unite(effect, at(this.onOrder, pc));
    return { holders: 0, effect };
  }
}
