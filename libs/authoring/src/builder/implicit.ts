/** Statics that exist once and that nobody declares: the domain of RCU, called as lockdep calls it. */
import { statics } from '../language/globals.js';
import { field } from '../language/struct.js';
import type { Place } from '../language/values.js';

const PLACES: Readonly<Record<string, Place>> = {
  rcu: statics({ rcu_read_lock: field('rcu') }).rcu_read_lock,
};

/** The static of that kind; undefined if the kind is no such. */
export const implicitPlace = (kind: string | undefined): Place | undefined => PLACES[kind ?? ''];
