/** Executes a schedule choice by choice and writes down what happens. */
import {
  addressOf,
  at,
  canonicalJson,
  cell,
  inInterrupt,
  isReport,
  kindOf,
  programDigest,
  quiesce,
  recordBlocked,
  sha256Hex,
  type Cost,
  type Culprit,
  type Machine,
  type ObjectEvent,
  type SlotChange,
  type Trace,
  type TraceStep,
  type Verdict,
} from '@lastref/kernel';
import { addStep, NO_COST, NONE, switchKind } from './cost.js';
import { loadsOf } from './loads.js';
import { lockEventsOf } from './lock-events.js';
import { Narrator } from './narrator.js';
import { decodeChoice } from './schedule.js';

export type TraceResult =
  { readonly ok: true; readonly trace: Trace } | { readonly ok: false; readonly message: string };

export class Tracer {
  private readonly steps: TraceStep[] = [];
  private cost: Cost = NO_COST;
  private started: number[] = [];

  private readonly narrator: Narrator;

  constructor(private readonly machine: Machine) {
    this.narrator = new Narrator(machine);
  }

  /** @param cut the run this schedule comes from was cut at its step limit */
  run(schedule: string, cut = false): TraceResult {
    const { machine } = this;
    const { program } = machine.tables;
    machine.reset();
    let position = 0;
    let last = NONE;
    const next = (): number => decodeChoice(schedule[position++] ?? '');
    program.tasks.forEach((task, t) => {
      if (task.optional === undefined) {
        if (task.after === undefined) this.started.push(t);
      } else if (next() === 1) {
        machine.startTask(t);
        this.started.push(t);
        this.cost = { ...this.cost, events: this.cost.events + 1 };
      }
    });
    let verdict: Verdict = { outcome: 'unfinished' };
    let isInterrupt = false;
    while (position < schedule.length) {
      const candidates = machine.candidates();
      const task = next();
      if (task < 0 || (candidates & (1 << task)) === 0)
        return { ok: false, message: this.refusal(schedule, position - 1, candidates) };
      const fault = machine.faultArmed(task) && next() === 1;
      if (!this.step(task, fault, last)) {
        recordBlocked(machine);
        verdict = this.failed();
        isInterrupt = inInterrupt(machine, task);
        break;
      }
      last = task;
    }
    if (position < schedule.length)
      return { ok: false, message: `the run ended after choice ${position} of ${schedule.length}` };
    if (verdict.outcome === 'unfinished' && machine.candidates() === 0) {
      const ending = quiesce(machine);
      verdict = ending === 'failed' ? this.failed() : { outcome: ending };
    } else if (verdict.outcome === 'unfinished' && cut) verdict = { outcome: 'cut' };
    return { ok: true, trace: this.trace(schedule, verdict, isInterrupt) };
  }

  private failed(): Verdict {
    const signature = this.machine.failure.signature();
    return { outcome: 'failed', signature, kind: kindOf(signature) };
  }

  private refusal(schedule: string, position: number, candidates: number): string {
    const names = this.machine.tables.layout.tasks.flatMap((task, t) =>
      (candidates & (1 << t)) === 0 ? [] : [`${t.toString(36)} (${task.name})`],
    );
    const rest = names.length === 0 ? 'the run has ended there' : `candidates: ${names.join(', ')}`;
    return `choice ${position + 1} of the schedule, '${schedule[position] ?? ''}', cannot be taken; ${rest}`;
  }

  private step(task: number, fault: boolean, last: number): boolean {
    const { machine } = this;
    const { tables } = machine;
    const pc = cell(machine.state, cell(machine.pcSlot, task));
    const kind = switchKind(machine, last, task);
    const early = (machine.early() & (1 << task)) !== 0;
    const before = machine.state.slice(0, tables.layout.slots.length);
    const ok = machine.step(task, fault);
    this.cost = addStep(this.cost, kind, fault || early);
    const op = at(tables.program.code, pc);
    this.steps.push({
      n: this.steps.length + 1,
      task,
      pc,
      ...this.narrator.step(task, pc),
      fault,
      ...(early ? { early } : {}),
      switch: kind,
      ...(op.milestone === undefined
        ? {}
        : { milestone: at(tables.program.milestones, op.milestone) }),
      changes: this.changes(before),
      objects: this.objectEvents(before),
      locks: lockEventsOf(machine, task, pc, before, ok),
    });
    return ok;
  }

  private changes(before: Int32Array): SlotChange[] {
    const { machine } = this;
    return machine.tables.layout.slots.flatMap((slot, i) => {
      const [from, to] = [cell(before, i), cell(machine.state, i)];
      return from === to || slot.name.endsWith('.pc') ? [] : [{ name: slot.name, from, to }];
    });
  }

  private objectEvents(before: Int32Array): ObjectEvent[] {
    const { state, tables } = this.machine;
    const events: ObjectEvent[] = [];
    for (let object = 1; object < tables.life.length; object++) {
      const slot = cell(tables.life, object);
      const [was, is] = [cell(before, slot), cell(state, slot)];
      const live = cell(tables.liveMax, object);
      const born = was === 0 && is > 0 && is <= live;
      const died = was > 0 && was <= live && (is === 0 || is > live);
      if (born || died)
        events.push({ ...this.objectName(object), event: born ? 'allocated' : 'freed' });
    }
    return events;
  }

  private objectName(object: number): { object: string; type: string } {
    const { layout, life, program, typeOf } = this.machine.tables;
    const name = at(layout.slots, cell(life, object)).name;
    return {
      object: name.replace(/\.life$/, ''),
      type: at(program.types, cell(typeOf, object)).name,
    };
  }

  /** The dead object, and how the task that fails came by it. */
  private culprit(number: number): Culprit {
    const task = this.steps[this.steps.length - 1]?.task ?? NONE;
    return { ...this.objectName(number), loads: loadsOf(this.machine, this.steps, task, number) };
  }

  private trace(schedule: string, verdict: Verdict, isInterrupt: boolean): Trace {
    const { machine } = this;
    const { program, layout } = machine.tables;
    const reports = [...machine.edges.reports()].filter(isReportSignature);
    const digest = sha256Hex(
      canonicalJson([
        programDigest(program),
        schedule,
        this.steps.map((step) => [step.task, step.pc, step.fault ? 1 : 0]),
        verdict,
        reports,
      ]),
    );
    const { culprit } = machine.failure;
    const named = verdict.outcome === 'failed' && culprit > 0;
    return {
      program: programDigest(program),
      address: addressOf(program),
      title: program.title,
      verdict,
      reports,
      schedule,
      digest,
      cost: this.cost,
      tasks: layout.tasks.map((task) => task.name),
      started: this.started,
      steps: this.steps,
      waiting: verdict.outcome === 'cut' ? [] : this.narrator.waiting(),
      ...(isInterrupt ? { inInterrupt: true } : {}),
      ...(named ? { culprit: this.culprit(culprit) } : {}),
    };
  }
}

const isReportSignature = (signature: string): boolean => isReport(kindOf(signature));
