/**
 * Parameters of a scenario: how many ports, openers, sockets. Each is declared once, with its range and what it is where a
 * case says nothing; a case sets them, and what is out of range is told before anything is built of it. A sized case makes
 * its tasks and pools from them.
 */
import { Site } from '../builder/site.js';

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

export class Parameter implements Range {
  readonly site = new Site();
  readonly min: number;
  readonly max: number;
  readonly default: number;

  constructor(
    readonly title: string,
    range: Range,
  ) {
    this.min = range.min;
    this.max = range.max;
    this.default = range.default;
  }
}

/** `params: { ports: parameter('ports of the card', { min: 1, max: 4, default: 2 }) }` of a scenario. */
export const parameter = (title: string, range: Range): Parameter => new Parameter(title, range);

export type Parameters = Readonly<Record<string, Parameter>>;

/** The value of a parameter, by name. */
export type Param = (name: string) => number;
