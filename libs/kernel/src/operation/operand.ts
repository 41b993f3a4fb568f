/**
 * What an operation works on, one operand after the other, each with what it is touched for. Operands lie flat in `args`: a
 * place takes two numbers [local that holds the pointer or -1 for statics, field], a value or an index two,
 * [0, constant] or [1, local], everything else one. Nothing here has a default: what is not said does not compile.
 */
import type { BodyDecl, OpDecl, Program } from '../program/program.js';

/**
 * reads: changes nothing. joins: changes, but commutes with others that join (references taken, readers of a lock).
 * writes: commutes with nothing.
 */
export type Touch = 'reads' | 'joins' | 'writes';

/** What a value becomes part of, so that ranges and types can be checked before anything runs. */
export type Into =
  | 'nothing'
  /** Stored into what the operand of that index is. */
  | { readonly into: number }
  /** Compared with the operand of that index. */
  | { readonly with: number };

/** What is known of a whole program before it runs. */
export interface Facts {
  readonly program: Program;
  /** Work items that can ever be pending on a queue of the type. */
  itemsOn(queueType: number): number;
}

/** The most that a result can be. */
export type Gives =
  /** What the operand of that index holds. */
  | { readonly like: number }
  /** An object of the type that the result's own local points to. */
  | 'own'
  /** One of these, in every program. */
  | { readonly from: number; readonly to: number }
  /** At most so much, whatever happens. */
  | { readonly most: (facts: Facts, op: OpDecl, body: BodyDecl) => number }
  /** Checked when it is computed: `bound exceeded` past the local's range. */
  | 'checked';

/** A queue is touched as an object, and by its items: feeds puts one on it. */
export type PointerTouch = 'keeps' | 'reads' | 'writes' | 'feeds' | 'frees';

export type Operand =
  | { readonly is: 'dst'; readonly name: string; readonly gives: Gives }
  | { readonly is: 'value'; readonly name: string; readonly into: Into }
  /** An index into the table or directory before it; past its end: `bound exceeded`. */
  | { readonly is: 'index'; readonly name: string }
  | { readonly is: 'comparison'; readonly name: string }
  /** The type allocated. */
  | { readonly is: 'type'; readonly name: string }
  | {
      readonly is: 'place';
      readonly name: string;
      readonly of: readonly string[];
      readonly touch: Touch;
      /** The one static of its kind, which nobody declares or writes as an argument. */
      readonly implicit?: true;
    }
  | {
      readonly is: 'pointer';
      readonly name: string;
      readonly to: 'struct' | 'workqueue';
      readonly touch: PointerTouch;
      readonly into: Into;
    }
  | { readonly is: 'table'; readonly name: string; readonly touch: Touch }
  | { readonly is: 'registry'; readonly name: string; readonly touch: Touch }
  | {
      readonly is: 'module';
      readonly name: string;
      readonly users: Touch | 'nothing';
      readonly text: Touch | 'unmaps';
    }
  /** A counter of what the table before it holds. */
  | { readonly is: 'count'; readonly name: string; readonly touch: Touch }
  /** A list of what the result's local points to. */
  | { readonly is: 'member'; readonly name: string }
  /** The name of a check. */
  | { readonly is: 'check'; readonly name: string }
  /** A declared task. */
  | { readonly is: 'task'; readonly name: string }
  /** What the operation does not name: it takes no number in `args`. Signals: those that are pending for tasks. Contexts: what runs on CPUs, and what is kept off them. */
  | { readonly is: 'ambient'; readonly name: Ambient; readonly touch: Touch };

export type Ambient = 'signals' | 'contexts';

export type OperandIs<Is extends Operand['is']> = Extract<Operand, { readonly is: Is }>;

export const dst = <const N extends string>(name: N, gives: Gives) =>
  ({ is: 'dst', name, gives }) as const;

export const value = <const N extends string>(name: N, into: Into) =>
  ({ is: 'value', name, into }) as const;

export const index = <const N extends string>(name: N) => ({ is: 'index', name }) as const;

export const comparison = () => ({ is: 'comparison', name: 'comparison' }) as const;

export const type = () => ({ is: 'type', name: 'type' }) as const;

/** A field, or a static variable, of one of the kinds. */
export const place = <const N extends string, const K extends readonly string[]>(
  name: N,
  of: K,
  touch: Touch,
) => ({ is: 'place', name, of, touch }) as const;

/** What there is one of: the static of the kind. */
export const theOnly = <const K extends string>(kind: K, touch: Touch) =>
  ({ is: 'place', name: kind, of: [kind] as const, touch, implicit: true }) as const;

export const object = <const N extends string>(
  name: N,
  touch: PointerTouch,
  into: Into = 'nothing',
) => ({ is: 'pointer', name, to: 'struct', touch, into }) as const;

export const queue = <const N extends string>(name: N, touch: PointerTouch) =>
  ({ is: 'pointer', name, to: 'workqueue', touch, into: 'nothing' }) as const;

export const table = <const N extends string>(name: N, touch: Touch) =>
  ({ is: 'table', name, touch }) as const;

export const registry = <const N extends string>(name: N, touch: Touch) =>
  ({ is: 'registry', name, touch }) as const;

export const kernelModule = (users: Touch | 'nothing', text: Touch | 'unmaps') =>
  ({ is: 'module', name: 'module', users, text }) as const;

export const count = <const N extends string>(name: N, touch: Touch) =>
  ({ is: 'count', name, touch }) as const;

export const member = () => ({ is: 'member', name: 'member' }) as const;

export const check = () => ({ is: 'check', name: 'check' }) as const;

export const target = () => ({ is: 'task', name: 'task' }) as const;

export const ambient = <const N extends Ambient>(name: N, touch: Touch) =>
  ({ is: 'ambient', name, touch }) as const;

/** How many numbers an operand takes in `args`. */
export function widthOf({ is }: Operand): number {
  if (is === 'ambient') return 0;
  return is === 'place' || is === 'value' || is === 'index' ? 2 : 1;
}

/** Each operand with where its numbers start in `args`. */
export function laidOut(
  operands: readonly Operand[],
): readonly { readonly operand: Operand; readonly offset: number }[] {
  let offset = 0;
  return operands.map((operand) => {
    const here = { operand, offset };
    offset += widthOf(operand);
    return here;
  });
}

/** Comparisons, by number. */
export const COMPARISONS = ['==', '!=', '<', '<='] as const;
