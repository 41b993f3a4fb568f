/** struct list_head: the loops of the kernel's macros, over entries by their member. */
import type { Place, Ref } from '@lastref/authoring';
import { targetOf } from '../scan/kinds.js';
import { textOf } from '../scan/walk.js';
import type { Expr, IteratorStmt } from '../syntax/ast.js';
import { placeOf } from '../lower/place-of.js';
import { Fault } from '../text/diagnostics.js';
import type { At } from '../text/position.js';
import type { Calling, Handler } from '../lower/calling.js';
import { VOID } from '../lower/values.js';
import { argument } from './counts.js';

type ListPlace = Place<{ readonly kind: 'list' }>;

const init: Handler = (c, call) => {
  const head = c.place(argument(call, 0), ['list']);
  c.here(call.at);
  c.f.INIT_LIST_HEAD(head as ListPlace);
  return VOID;
};

/** `list_first_entry(&head, struct t, member)`; NULL where the list is empty. */
const first: Handler = (c, call) => {
  const head = c.place(argument(call, 0), ['list']) as ListPlace;
  const type = argument(call, 1);
  const tag =
    type.k === 'type' ? targetOf({ is: 'pointer', to: c.model.scan.meaning(type.type) }) : null;
  if (tag === null) throw new Fault(type.at, 'the entries must be a struct of this model');
  const entry = c.f.pointer(tag, c.model.struct(tag));
  c.here(call.at);
  c.f.ignore(c.f.list_next_entry(entry, head, textOf(argument(call, 2)) as never));
  return { t: 'pointer', ref: entry, path: '', tag };
};

interface Walk {
  readonly entry: Ref;
  readonly head: ListPlace;
  readonly member: string;
}

function walkOf(c: Calling, [entry, head, member]: readonly (Expr | undefined)[], at: At): Walk {
  if (entry === undefined || head === undefined || member === undefined)
    throw new Fault(at, 'an argument is missing');
  const place = c.place(head, ['list']) as ListPlace;
  return { entry: c.object(entry), head: place, member: textOf(member) };
}

/** One step: the entry behind a head or an entry, NULL at the end. */
function advance(c: Calling, to: Ref, from: ListPlace, member: string): void {
  c.f.ignore(c.f.list_next_entry(to, from, member as never));
}

function link(entry: Ref, member: string, at: At): ListPlace {
  const place = placeOf(entry, member);
  if (place?.spec.kind !== 'list')
    throw new Fault(at, `'${member}' is no list of struct ${entry.struct.tag}`);
  return place as ListPlace;
}

export function forEachEntry(c: Calling, { args, body, at }: IteratorStmt): void {
  const { entry, head, member } = walkOf(c, args, at);
  const from = link(entry, member, at);
  c.here(at);
  advance(c, entry, head, member);
  c.repeat(
    entry,
    body,
    () => undefined,
    () => {
      c.here(at);
      advance(c, entry, from, member);
    },
  );
}

export function forEachEntrySafe(c: Calling, { args, body, at }: IteratorStmt): void {
  const [entryArg, nextArg, ...rest] = args;
  const { entry, head, member } = walkOf(c, [entryArg, ...rest], at);
  const next = c.object(nextArg ?? { k: 'name', name: 'next', at });
  const from = link(entry, member, at);
  c.here(at);
  advance(c, entry, head, member);
  c.repeat(
    entry,
    body,
    () => {
      c.here(at);
      advance(c, next, from, member);
    },
    () => {
      c.f.set(entry, next);
    },
  );
}

export const LISTS: Readonly<Record<string, Handler>> = {
  INIT_LIST_HEAD: init,
  list_first_entry: first,
  list_first_entry_or_null: first,
};
