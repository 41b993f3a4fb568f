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

/** Gives back what a set of tasks holds, `more` slots behind the place. */
export const dropBit = ({ bit }: Site, p: Place, more: number): string =>
  `if (!(${p.cell(more)} & ${bit})) fail(UNLOCK); ${p.cell(more)} &= ~${bit};`;
