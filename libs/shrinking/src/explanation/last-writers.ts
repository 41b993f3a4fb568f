/**
 * Who made what was misused what it is: who freed the object, cleared the pointer, wrote the counter, took the locks of a cycle. From
 * the recorded run alone; what is not told has no location that a step of the run wrote, and was so before time 0.
 */
import {
  at,
  cell,
  kindOf,
  laidOut,
  nextFootprint,
  objectTouched,
  signatureParts,
  slotTouched,
  specOf,
  type Trace,
  type TraceStep,
} from '@lastref/kernel';
import type { LastWriter, StepRef } from './explanation.js';
import { acquisitions, cycleOf, type Acquisition } from './lock-steps.js';
import type { RecordedRun } from './recorded-run.js';

export type Told = (index: number) => StepRef;

export function lastWritersOf(
  run: RecordedRun,
  trace: Trace,
  signature: string,
  told: Told,
): readonly LastWriter[] {
  const kind = kindOf(signature);
  if (kind === 'lock-order') return cycleOf(trace, signature).map(taken(told));
  if (kind === 'held-lock-freed') return heldIn(trace, told);
  if (trace.culprit !== undefined) return [freedBy(trace, trace.culprit.object, told)];
  if (kind === 'null-deref') return clearedBy(run, trace, told);
  if (kind === 'module-text-fault') return [unmappedBy(run, trace, told)];
  if (kind === 'leak') return leftBy(run, trace, signature, told);
  if (trace.waiting.some(({ parked }) => !parked) && (kind === 'deadlock' || kind === 'hung-task'))
    return waitedFor(run, trace, told);
  const step = run.steps[run.steps.length - 1];
  return step === undefined
    ? []
    : writerOf(run, slotTouched(step.print), run.steps.length - 1, told);
}

const taken =
  (told: Told) =>
  ({ index, lock, holding }: Acquisition): LastWriter => ({
    of: lock,
    by: told(index),
    how: holding === null ? `takes ${lock}` : `takes ${lock}, holding ${holding}`,
  });

function freedBy({ steps }: Trace, object: string, told: Told): LastWriter {
  const by = lastIndex(steps, ({ objects }) =>
    objects.some((one) => one.object === object && one.event === 'freed'),
  );
  return { of: object, by: by < 0 ? null : told(by), how: `frees ${object}` };
}

/** Locks in the freed object that somebody holds. */
const heldIn = (trace: Trace, told: Told): readonly LastWriter[] =>
  acquisitions(trace)
    .filter(({ lock }) => lock.startsWith(`${trace.culprit?.object ?? ''}.`))
    .map(taken(told));

/** The NULL that the last step followed: where it was loaded from, and who had put it there. */
function clearedBy(run: RecordedRun, trace: Trace, told: Told): readonly LastWriter[] {
  const { machine, steps } = run;
  const failing = steps[steps.length - 1];
  if (failing === undefined) return [];
  const { layout, program } = machine.tables;
  const { op, args } = at(program.code, failing.pc);
  for (const { operand, offset } of laidOut(specOf(op).operands)) {
    if (operand.is !== 'place' && operand.is !== 'pointer') continue;
    const base = args[offset] ?? -1;
    const slot: number = cell(machine.localBase, failing.task) + base;
    if (base < 0 || cell(machine.state, slot) !== 0) continue;
    const local: string = layout.slots[slot]?.name ?? '';
    const load: number = lastIndex(trace.steps, ({ changes }) =>
      changes.some(({ name, to }) => name === local && to === 0),
    );
    const from = load < 0 ? firstOf(trace.steps, failing.task) : load;
    const source = steps[from]?.print;
    if (source !== undefined) return writerOf(run, slotTouched(source), from, told);
  }
  return [];
}

const firstOf = (steps: readonly TraceStep[], task: number): number =>
  steps.findIndex((step) => step.task === task);

function unmappedBy({ machine, steps }: RecordedRun, trace: Trace, told: Told): LastWriter {
  const { moduleText, layout, program } = machine.tables;
  const mask = cell(moduleText, trace.steps[trace.steps.length - 1]?.pc ?? 0);
  const name = program.modules.find((_, m) => (mask & (1 << m)) !== 0)?.name ?? 'the module';
  const isOf = (slot: number): boolean =>
    layout.slots[slot]?.name === name || (layout.slots[slot]?.name.startsWith(`${name}.`) ?? false);
  const by = lastIndex(steps, ({ writes }) => [...writes].some(isOf));
  return { of: `the text of ${name}`, by: by < 0 ? null : told(by), how: `unloads ${name}` };
}

/** The last step in each object that leaked: who should have let go of it, or gave up the last pointer to it. */
function leftBy(
  { machine, steps }: RecordedRun,
  trace: Trace,
  signature: string,
  told: Told,
): readonly LastWriter[] {
  const types = signatureParts(signature).parts.flatMap(({ detail }) => detail ?? []);
  const { program, typeOf, life, liveMax, layout } = machine.tables;
  const found: LastWriter[] = [];
  for (let object = 1; object < life.length; object++) {
    const slot = cell(life, object);
    const lives = cell(machine.state, slot);
    const type = at(program.types, cell(typeOf, object)).name;
    if (lives === 0 || lives > cell(liveMax, object) || !types.includes(type)) continue;
    const name = layout.slots[slot]?.name.replace(/\.life$/, '') ?? type;
    const by = lastIndex(
      steps,
      ({ print, writes }, i) =>
        objectTouched(print) === object ||
        [...writes].some((at) => layout.slots[at]?.name.startsWith(`${name}.`)) ||
        (trace.steps[i]?.objects.some((event) => event.object === name) ?? false),
    );
    found.push({ of: name, by: by < 0 ? null : told(by), how: `is the last in ${name}` });
  }
  return found;
}

/** Of each task that waits: who holds what it waits for, since when; where nobody does, who wrote last what it looks at. */
function waitedFor(run: RecordedRun, trace: Trace, told: Told): readonly LastWriter[] {
  const held = acquisitions(trace);
  return trace.waiting
    .filter(({ parked }) => !parked)
    .flatMap(({ task, resource, holders }): readonly LastWriter[] => {
      const by = held.filter((one) => holders.includes(one.task) && one.lockClass === resource);
      if (by.length > 0) return by.map(taken(told));
      const print = nextFootprint(run.machine, task);
      return writerOf(run, slotTouched(print), run.steps.length, told);
    });
}

/** The last step before `index` that wrote the slot. */
function writerOf(
  { machine, steps }: RecordedRun,
  slot: number,
  index: number,
  told: Told,
): readonly LastWriter[] {
  if (slot < 0) return [];
  const by = lastIndex(steps.slice(0, index), ({ writes }) => writes.has(slot));
  const name = machine.tables.layout.slots[slot]?.name ?? '';
  return [{ of: name, by: by < 0 ? null : told(by), how: `writes ${name}` }];
}

function lastIndex<T>(list: readonly T[], fits: (one: T, index: number) => boolean): number {
  for (let i = list.length - 1; i >= 0; i--) {
    const one = list[i];
    if (one !== undefined && fits(one, i)) return i;
  }
  return -1;
}
