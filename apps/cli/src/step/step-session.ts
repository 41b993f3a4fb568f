/**
 * A run that a person goes through: where it stands, its breakpoints, and the text that answers a command. Knows nothing of
 * terminals.
 */
import { steppedFunctions, WayPoints, type Stepper, type Stops } from '@lastref/exploration';
import { nearest } from '@lastref/kernel';
import { renderState, type StatePart } from '@lastref/reporting';
import { HELP, parseCommand, type StepCommand } from './parse-command.js';

/** What a command amounts to; `ended` after `quit`. */
export interface StepAnswer {
  readonly text: string;
  readonly ended?: true;
}

export class StepSession {
  /** Steps that were executed. */
  private n = 0;
  private readonly functions = new Set<string>();
  private readonly wayPoints: WayPoints;

  constructor(private readonly stepper: Stepper) {
    this.wayPoints = new WayPoints(stepper.program, stepper.trace);
  }

  answer(line: string): StepAnswer {
    const parsed = parseCommand(line);
    if (!parsed.ok) return { text: `${parsed.message}\n` };
    if (parsed.command.kind === 'quit') return { text: '', ended: true };
    return { text: this.execute(parsed.command) };
  }

  /** The state as it stands. */
  show(parts?: readonly StatePart[]): string {
    return renderState(this.stepper.trace, this.stepper.at(this.n), parts);
  }

  private execute(command: Exclude<StepCommand, { kind: 'quit' }>): string {
    const { last } = this.stepper;
    switch (command.kind) {
      case 'forward':
        return this.goTo(this.n + command.steps);
      case 'back':
        return this.goTo(this.n - command.steps);
      case 'goto':
        return command.step > last ? `the run has ${last} steps\n` : this.goTo(command.step);
      case 'first':
        return this.goTo(0);
      case 'last':
        return this.goTo(last);
      case 'failure':
        return this.failure();
      case 'continue':
        return this.goTo(this.wayPoints.onward(this.n, this.stops));
      case 'reverse':
        return this.goTo(this.wayPoints.backward(this.n, this.stops));
      case 'task':
      case 'untask':
        return this.stepOf(command.task, command.kind === 'task');
      case 'break':
        return this.setBreak(command.name);
      case 'delete':
        return this.functions.delete(command.name)
          ? `no longer stops at ${command.name}\n`
          : `nothing stops at ${command.name}\n`;
      case 'breaks':
        return this.functions.size === 0
          ? 'no stops\n'
          : `stops at ${[...this.functions].join(', ')}\n`;
      case 'help':
        return HELP;
      case 'show':
        return this.show(command.parts);
    }
  }

  private get stops(): Stops {
    return { functions: this.functions, operations: new Set() };
  }

  private goTo(n: number): string {
    this.n = Math.min(Math.max(n, 0), this.stepper.last);
    return this.show();
  }

  private failure(): string {
    const { verdict } = this.stepper.trace;
    if (verdict.outcome !== 'failed') return `the run does not fail: it is ${verdict.outcome}\n`;
    return this.goTo(this.stepper.last - 1);
  }

  private stepOf(words: string, isForward: boolean): string {
    const { tasks } = this.stepper.trace;
    const task = /^\d+$/.test(words)
      ? Number(words)
      : tasks.findIndex((name) => name.startsWith(words));
    const name = tasks[task];
    if (name === undefined) {
      const numbered = tasks.map((one, t) => `${t} ${one}`).join(', ');
      return `no task '${words}'; there are: ${numbered}\n`;
    }
    const found = isForward
      ? this.wayPoints.behindStepOf(task, this.n)
      : this.wayPoints.behindStepBefore(task, this.n);
    if (found === undefined)
      return `${name} takes no step ${isForward ? 'from here on' : 'before'}\n`;
    return this.goTo(found);
  }

  private setBreak(name: string): string {
    const known = [...steppedFunctions(this.stepper.program)].sort();
    if (!known.includes(name)) {
      const meant = nearest(name, known);
      const hint =
        meant === undefined ? `there are: ${known.join(', ')}` : `did you mean ${meant}?`;
      return `no step is in a function '${name}'; ${hint}\n`;
    }
    this.functions.add(name);
    return `stops where ${name} is entered\n`;
  }
}
