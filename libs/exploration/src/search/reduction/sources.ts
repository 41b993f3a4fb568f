/**
 * Where an idle actor gets what it takes up: a queue of a type, for its workers, or a timer or handler, by its function. Numbered:
 * the types first, queues or not, then the functions of timers and handlers.
 */
import {
  at,
  fieldKindOf,
  isFired,
  outermostFunction,
  resource,
  type Actor,
  type Program,
} from '@lastref/kernel';

export type Source =
  | { readonly of: 'queue'; readonly type: number }
  /** A timer, or a handler. runs: its function, which delayed work leaves to a worker. */
  | { readonly of: 'timer'; readonly work: number; readonly runs: boolean };

export function sourcesOf({ types, works }: Program): readonly Source[] {
  const timers = types.flatMap(({ fields }) => fields.filter(isFired));
  return [
    ...types.map((_, type) => ({ of: 'queue', type }) as const),
    ...works.flatMap((_, work) => {
      const bound = timers.find((field) => field.work === work);
      if (bound === undefined) return [];
      return [{ of: 'timer', work, runs: fieldKindOf(bound.kind).fires !== 'its work' } as const];
    }),
  ];
}

/** Number of the actor's source; -1 for a declared task. */
export function sourceOf(program: Program, actor: Actor): number {
  switch (actor.kind) {
    case 'task':
      return -1;
    case 'worker':
      return actor.queueType;
    case 'timer':
    case 'handler':
      return sourcesOf(program).findIndex(
        (source) => source.of === 'timer' && source.work === actor.work,
      );
  }
}

/** Fields that the function is bound to, as resources. */
export const fieldsOf = ({ types }: Program, work: number): string[] =>
  types.flatMap(({ fields }, type) =>
    fields.flatMap((field, f) => (field.work === work ? [resource.field(type, f)] : [])),
  );

/** The module whose text the function is in, as a resource: a handler whose text is gone comes once more. */
export function textOf(program: Program, work: number): string[] {
  const { entry } = at(program.bodies, at(program.works, work).body);
  const module = program.functions[outermostFunction(program, entry)]?.module;
  return module === undefined ? [] : [resource.moduleText(module)];
}
