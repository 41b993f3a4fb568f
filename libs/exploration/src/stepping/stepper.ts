/**
 * A run that is gone through in both directions: what there is after any number of its steps. The one source of what steppers,
 * the debug adapter and the API show.
 */
import {
  at,
  cell,
  Machine,
  tablesOf,
  type HeldLockState,
  type ObjectState,
  type Program,
  type StepState,
  type Trace,
} from '@lastref/kernel';
import { Narrator } from '../replay/narrator.js';
import { Checkpoints } from './checkpoints.js';
import { History } from './history.js';
import { objectName, SlotTexts } from './slot-texts.js';
import { taskStates, type PlaceOf } from './task-states.js';

export class Stepper {
  /** Steps of the run: states are numbered 0 to this. */
  readonly last: number;
  private readonly machine: Machine;
  private readonly checkpoints: Checkpoints;
  private readonly narrator: Narrator;
  private readonly texts: SlotTexts;
  private readonly history: History;

  /**
   * @param trace a run of the program, as `replay` tells it
   * @param placeOf where its operations were written, if known
   * @param mostKept states that are kept for going back
   */
  constructor(
    readonly program: Program,
    readonly trace: Trace,
    private readonly placeOf: PlaceOf = () => '',
    mostKept?: number,
  ) {
    this.machine = new Machine(tablesOf(program));
    this.narrator = new Narrator(this.machine);
    this.texts = new SlotTexts(this.machine.tables);
    this.history = new History(trace);
    this.last = trace.steps.length;
    this.checkpoints = new Checkpoints(this.machine, trace.steps, trace.started, mostKept);
  }

  /** @param n from 0 to `last` */
  at(n: number): StepState {
    this.checkpoints.seek(n);
    const { machine, trace, texts } = this;
    const step = trace.steps[n - 1];
    const next = trace.steps[n]?.task;
    const values = (slots: readonly number[]): StepState['counts'] =>
      slots.map((slot) => texts.value(machine.cells, slot));
    return {
      n,
      ...(step === undefined ? {} : { step }),
      changes: step === undefined ? [] : texts.changes(step.changes),
      ...(next === undefined ? {} : { next }),
      tasks: taskStates(this.told, n),
      locks: this.locks(n),
      counts: values(texts.counts.filter((slot) => this.exists(slot))),
      objects: this.objects(n),
      globals: values(texts.globals),
    };
  }

  private get told(): Parameters<typeof taskStates>[0] {
    const { machine, trace, narrator, texts, history, placeOf } = this;
    return { machine, trace, narrator, texts, history, placeOf };
  }

  /** Whether the slot is of an object that was ever allocated, or of none. */
  private exists(slot: number): boolean {
    const { layout, life } = this.machine.tables;
    const owner = layout.slots[slot]?.owner ?? 0;
    return owner === 0 || cell(this.machine.state, cell(life, owner)) !== 0;
  }

  private locks(n: number): HeldLockState[] {
    const { state, tables } = this.machine;
    return tables.lockSlots.flatMap(({ slot, lock, cls, way, tasks }) => {
      const value = cell(state, slot);
      const holds = (task: number): boolean =>
        tasks === 'owner' ? value === task + 1 : (value & (1 << task)) !== 0;
      const lockClass = at(tables.lockClasses, cls).name;
      return tables.layout.tasks.flatMap((_, task) => {
        if (!holds(task)) return [];
        const since = this.history.took(task, lock, n)?.n;
        return [{ lock, lockClass, task, way, ...(since === undefined ? {} : { since }) }];
      });
    });
  }

  private objects(n: number): ObjectState[] {
    const { state, tables } = this.machine;
    const { life, liveMax, typeOf, allocFns, freeFns, program } = tables;
    return tables.layout.objects.flatMap((layout, object): ObjectState[] => {
      const is = layout === null ? 0 : cell(state, cell(life, object));
      if (is === 0) return [];
      const type = cell(typeOf, object);
      const live = cell(liveMax, object);
      const fn = is <= live ? allocFns[type]?.[is - 1] : freeFns[type]?.[is - live - 1];
      const name = objectName(tables, object);
      const step = this.history.changedLife(name, n);
      return [
        {
          object: name,
          type: at(program.types, type).name,
          state: is <= live ? 'live' : 'freed',
          by: program.functions[fn ?? -1]?.name ?? '',
          ...(step === undefined ? {} : { since: step.n, task: step.task }),
          fields: (this.texts.ofObject[object] ?? []).map((slot) =>
            this.texts.value(this.machine.cells, slot, this.fieldName(slot, name)),
          ),
        },
      ];
    });
  }

  /** A slot's name without that of its object. */
  private fieldName(slot: number, object: string): string {
    return at(this.machine.tables.layout.slots, slot).name.slice(object.length + 1);
  }
}
