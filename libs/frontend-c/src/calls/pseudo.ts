/** Calls that only tasks of a model make: milestones, the return to user mode, assertions, the world outside. */
import type { Handler } from '../lower/calling.js';
import { VOID } from '../lower/values.js';
import { textOf } from '../scan/walk.js';
import { Fault } from '../text/diagnostics.js';
import { argument } from './counts.js';

export const PSEUDO: Readonly<Record<string, Handler>> = {
  lastref_milestone: (c, call) => {
    const name = argument(call, 0);
    if (name.k !== 'name') throw new Fault(name.at, 'a milestone is a name');
    c.f.milestone(name.name);
    return VOID;
  },
  lastref_return_to_user: (c) => {
    c.f.return_to_user();
    return VOID;
  },
  lastref_stay: (c, { args }) => {
    c.f.stay(...args.map((arg) => c.object(arg)));
    return VOID;
  },
  lastref_wait_external: (c, call) => {
    c.f.wait_for_outside_world(c.place(argument(call, 0), ['int']) as never);
    return VOID;
  },
  lastref_assert: (c, call) => {
    const holds = argument(call, 0);
    const value = c.int(holds);
    c.here(call.at);
    c.f.invariant(textOf(holds), value);
    return VOID;
  },
  BUG_ON: (c, call) => {
    const of = argument(call, 0);
    const held = c.truth(c.value(of), of.at);
    const fine = c.f.var('fine', 1, 1);
    if (typeof held.c !== 'boolean')
      c.f.if(held.c, () => {
        c.f.set(fine, 0);
      });
    else if (held.c) c.f.set(fine, 0);
    c.here(call.at);
    c.f.invariant(`BUG_ON(${textOf(of)})`, fine);
    return VOID;
  },
};
