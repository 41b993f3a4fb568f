/**
 * Where an idle actor gets what it takes up: a queue of a type, for its workers, or a timer, by its function. Numbered: the
 * types first, queues or not, then the functions.
 */
import { fieldKindOf, isTimer, resource, type Actor, type Program } from '@lastref/kernel';

export type Source =
  | { readonly of: 'queue'; readonly type: number }
  /** runs: its function, which delayed work leaves to a worker. fires: something is bound to it that has a time. */
  | {
      readonly of: 'timer';
      readonly work: number;
      readonly runs: boolean;
      readonly fires: boolean;
    };

export function sourcesOf({ types, works }: Program): readonly Source[] {
  const fields = types.flatMap((type) => type.fields);
  return [
    ...types.map((_, type) => ({ of: 'queue', type }) as const),
    ...works.map((_, work) => {
      const bound = fields.find((field) => field.work === work && isTimer(field));
      const runs = bound !== undefined && fieldKindOf(bound.kind).fires === 'its function';
      return { of: 'timer', work, runs, fires: bound !== undefined } as const;
    }),
  ];
}

/** Number of the actor's source; -1 for a declared task. */
export function sourceOf({ types }: Program, actor: Actor | undefined): number {
  switch (actor?.kind) {
    case undefined:
    case 'task':
      return -1;
    case 'worker':
      return actor.queueType;
    case 'timer':
      return types.length + actor.work;
  }
}

/** Fields that the function is bound to, as resources. */
export const fieldsOf = ({ types }: Program, work: number): string[] =>
  types.flatMap(({ fields }, type) =>
    fields.flatMap((field, f) => (field.work === work ? [resource.field(type, f)] : [])),
  );
