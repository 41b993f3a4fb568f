/**
 * struct list_head in C: a link holds the number of a list head, whose slot is looked up. The checks of CONFIG_DEBUG_LIST
 * and of neighbours that are NULL, poisoned or dead end the run.
 */
import { assert, at } from '@lastref/kernel';
import { linear, type CLayout } from '../layout.js';
import type { CFamily } from '../operation.js';
import type { Place, Site } from '../site.js';

export const listOperations = {
  init_list_head: { run: initListHead },
  list_add: { run: (site) => listAdd(site, 'first') },
  list_add_tail: { run: (site) => listAdd(site, 'last') },
  list_del: { run: (site) => listDel(site, 'poison') },
  list_del_init: { run: (site) => listDel(site, 'init') },
  list_empty: { run: listEmpty },
  list_next_entry: { run: (site) => listWalk(site, 0) },
  list_prev_entry: { run: (site) => listWalk(site, 1) },
} satisfies CFamily;

/** Number of the list head at a place. */
function numberOf(c: CLayout, place: Place, object: string): string {
  const { listOfSlot } = c.tables;
  if (place.type < 0) return String(at(listOfSlot, place.offset));
  const [a, b = a] = c
    .objects(place.type)
    .map((o) => at(listOfSlot, at(c.tables.fields, o) + place.offset));
  assert(a !== undefined && b !== undefined, 'a type has objects');
  return linear(object, c.first(place.type), c.count(place.type), b - a, a);
}

/** Declares slot `name` of the list head that a link leads to. */
const neighbour = (name: string, link: string): string =>
  `if (!${link}) fail(MEMORY); if (${link} > HEADS) fail(LIST); if (GONE(${link})) fail(MEMORY); ` +
  `const int ${name} = HSLOT[${link}];`;

/** `GONE(n)`: whether list head n is in an object that may no longer be accessed. */
export function goneHeads(c: CLayout): string {
  const { lists } = c.tables.layout;
  const heads = lists.map((head): [slot: number, max: number] => {
    const type = head === null || head.object === 0 ? -1 : at(c.tables.typeOf, head.object);
    if (head === null || type < 0 || c.isDead(type, 'o') === null) return [0, 255];
    return [at(c.tables.life, head.object), at(c.tables.liveMax, head.object)];
  });
  return `static const unsigned short HLIFE[] = {${heads.map(([slot]) => slot).join(',')}};
static const unsigned char HMAX[] = {${heads.map(([, max]) => max).join(',')}};
#define GONE(n) (B[HLIFE[n]] > HMAX[n])
${entryTables(c)}`;
}

const poisoned = (site: Site, p: Place): string =>
  `${p.cell()} = HEADS + 1; ${p.cell(1)} = HEADS + 2; ${site.go()}`;

const toItself = (p: Place, number: string): string => `${p.cell()} = ${p.cell(1)} = ${number};`;

function initListHead(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${toItself(p, numberOf(site.c, p, 'o'))} ${site.go()}`;
}

function listAdd(site: Site, where: 'first' | 'last'): string {
  const [entry, head] = [site.place(0), site.place(2, 'h')];
  const [e, h] = [numberOf(site.c, entry, 'o'), numberOf(site.c, head, 'h')];
  const [out, back] = where === 'first' ? [0, 1] : [1, 0];
  // n: number of the head's old neighbour on this side, s: its slot.
  return (
    `${entry.check} ${head.check} const int n = ${head.cell(out)}; ${neighbour('s', 'n')} ` +
    `if (B[s + ${back}] != ${h} || ${e} == ${h} || ${e} == n) fail(LIST); ` +
    `B[s + ${back}] = ${head.cell(out)} = ${e}; ` +
    `${entry.cell(out)} = n; ${entry.cell(back)} = ${h}; ${site.go()}`
  );
}

function listDel(site: Site, then: 'poison' | 'init'): string {
  const p = site.place(0);
  const number = numberOf(site.c, p, 'o');
  return (
    `${p.check} const int n = ${p.cell()}; ${neighbour('s', 'n')} ` +
    `const int m = ${p.cell(1)}; ${neighbour('r', 'm')} ` +
    `if (B[r] != ${number} || B[s + 1] != ${number}) fail(LIST); B[r] = n; B[s + 1] = m; ` +
    (then === 'poison' ? poisoned(site, p) : `${toItself(p, number)} ${site.go()}`)
  );
}

function listEmpty(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${site.on(`${p.cell()} == ${numberOf(site.c, p, 'o')}`)}`;
}

function listWalk(site: Site, direction: 0 | 1): string {
  const p = site.place(1);
  const entry = `ENTRY_${site.typeAt(0)}_${site.arg(3)}`;
  return (
    `${p.check} const int n = ${p.cell(direction)}; if (n > HEADS) fail(LIST); ` +
    `${site.pointer(0)} = ${entry}[n]; ${site.on(`!n || ${entry}[n]`)}`
  );
}

/** Per type and member: the object that embeds a list head as this member, 0 for every other head. */
function entryTables({ program, tables }: CLayout): string {
  const { lists } = tables.layout;
  return program.types
    .flatMap((type, t) =>
      type.fields.flatMap((field, f) => {
        if (field.kind !== 'list') return [];
        const objects = lists.map((head) =>
          head !== null && at(tables.typeOf, head.object) === t && head.field === f
            ? head.object
            : 0,
        );
        return [`static const unsigned char ENTRY_${t}_${f}[] = {${objects.join(',')}};\n`];
      }),
    )
    .join('');
}
