/** What the operations that block share: the end of a wait, and locks with an owner. */
import type { Place, Site } from '../site.js';

/** Checks the place of the wait that is over, and takes the task off its list. */
export const leave = ({ bit }: Site, p: Place, more = 0): string =>
  `${p.check} LEAVE(${p.slot(more)}, ${bit});`;

/** The wait was all there was to do. */
export const passed = (site: Site): string => `${leave(site, site.place(0))} ${site.go()}`;

/** Gives an owned lock back. */
export const drop = ({ t }: Site, p: Place): string =>
  `if (${p.cell()} != ${t} + 1) fail(UNLOCK); ${p.cell()} = 0;`;

/** Takes what many may hold, each twice at most: a mask of tasks `more` slots behind the place, and one of those that hold again. */
export const hold = ({ bit }: Site, p: Place, more: number): string =>
  `if (!(${p.cell(more)} & ${bit})) ${p.cell(more)} |= ${bit}; ` +
  `else if (${p.cell(more + 1)} & ${bit}) fail(BOUND); else ${p.cell(more + 1)} |= ${bit};`;

/** Gives that back, what was taken last first. */
export const letGo = ({ bit }: Site, p: Place, more: number): string =>
  `if (${p.cell(more + 1)} & ${bit}) ${p.cell(more + 1)} &= ~${bit}; ` +
  `else if (${p.cell(more)} & ${bit}) ${p.cell(more)} &= ~${bit}; else fail(UNLOCK);`;
