/**
 * Pools of objects in C: the lowest free slot, and what recycles a dead slot once nothing points to it: after every step where
 * the vector counts, else only when an allocation comes across it.
 */
import { at } from '@lastref/kernel';
import type { CLayout } from './layout.js';

/** `fresh_<type>`: the lowest free object with its fields set, 0 if there is none. */
export function pools(c: CLayout): string {
  const types = c.program.types.flatMap((_, t) => (isAllocated(c, t) ? [t] : []));
  const functions = types.map((type) => `${referenced(c, type)}${fresh(c, type)}`);
  return `${listOwners(c)}${functions.join('')}${c.eager ? recycle(c, types) : ''}`;
}

const isAllocated = ({ program }: CLayout, type: number): boolean =>
  program.code.some(({ op, args }) => op === 'kzalloc' && args[1] === type);

const isFreed = (c: CLayout, type: number): boolean => c.tables.freeFns[type]?.length !== 0;

function fresh(c: CLayout, type: number): string {
  const first = c.first(type);
  const life = c.life(type, 'o');
  const free =
    c.eager || !isFreed(c, type)
      ? `!${life}`
      : `!${life} || (${life} > ${c.liveMax(type)} && !referenced_${type}(o))`;
  const inits = (c.tables.fieldInit[type] ?? []).flatMap((value, offset) =>
    value === 0 ? [] : [`B[${c.field(type, 'o', offset)}] = ${value};`],
  );
  return `static int fresh_${type}(int life) {
  for (int o = ${first}; o < ${first + c.count(type)}; o++) if (${free}) {
    ${life} = life; ${inits.join(' ')}
    return o;
  }
  return 0;
}
`;
}

/** Whether anything points to a dead object of the type. Fields of the dead are zero, so nobody is asked whose they are. */
function referenced(c: CLayout, type: number): string {
  if (!isFreed(c, type)) return '';
  const { tables } = c;
  const pointers = pointersTo(c, type).map((slot) => `B[${slot}] == o`);
  const items = tables.layout.items.some((i) => i !== null && at(tables.typeOf, i.object) === type)
    ? Array.from(tables.itemSlots, (slot) => `IOBJ[B[${slot}]] == o`)
    : [];
  const heads = tables.layout.lists.some(
    (h) => h !== null && h.object !== 0 && at(tables.typeOf, h.object) === type,
  )
    ? `\n  for (int n = 1; n <= HEADS; n++) if (HOBJ[n] != o && (HOBJ[B[HSLOT[n]]] == o || HOBJ[B[HSLOT[n] + 1]] == o)) return 1;`
    : '';
  return `static int referenced_${type}(int o) {
  if (${[...pointers, ...items, '0'].join(' | ')}) return 1;${heads}
  return 0;
}
`;
}

/** Slots that may hold a pointer to an object of the type. */
function pointersTo({ tables, program }: CLayout, type: number): number[] {
  const { layout } = tables;
  const works = program.works.map(({ body }) => at(program.bodies, body));
  const locals = layout.tasks.flatMap((task, t) => {
    const body = program.tasks[t]?.body;
    const bodies = body === undefined ? works : [at(program.bodies, body)];
    return Array.from({ length: task.localCount }, (_, i) => i)
      .filter((i) => bodies.some(({ locals: of }) => of[i]?.kind === 'ptr' && of[i].type === type))
      .map((i) => task.locals + i);
  });
  const statics = program.statics.flatMap((field, i) =>
    field.kind === 'ptr' && field.type === type ? [at(layout.statics, i)] : [],
  );
  const entries = program.tables.flatMap((table, i) =>
    table.type === type
      ? Array.from({ length: table.entries }, (_, n) => at(layout.tables, i) + n)
      : [],
  );
  const fields = layout.objects.flatMap((object) =>
    object === null
      ? []
      : at(program.types, object.type).fields.flatMap((field, f) =>
          field.kind === 'ptr' && field.type === type
            ? [object.fields + at(at(layout.fieldOffsets, object.type), f)]
            : [],
        ),
  );
  return [...locals, ...statics, ...entries, ...fields];
}

function recycle(c: CLayout, types: readonly number[]): string {
  const freed = types.filter((type) => isFreed(c, type)).flatMap((type) => c.objects(type));
  const one = (o: number): string => {
    const type = at(c.tables.typeOf, o);
    const first = at(c.tables.fields, o);
    const forget = c.tables.zeroed
      ? ` memset(B + ${first}, 0, ${at(c.tables.fieldCount, o)});`
      : '';
    const life = `B[${at(c.tables.life, o)}]`;
    return `  if (${life} > ${c.liveMax(type)}) { if (referenced_${type}(${o})) dead++; else { ${life} = 0;${forget} } }`;
  };
  return `static int dead;
static void recycle(void) {
  dead = 0;
${freed.map(one).join('\n')}
}
static void find_dead(void) {
  dead = ${freed.map((o) => `(B[${at(c.tables.life, o)}] > ${at(c.tables.liveMax, o)})`).join(' + ') || '0'};
}
`;
}

function listOwners({ tables }: CLayout): string {
  const { lists, items } = tables.layout;
  return `#define HEADS ${lists.length - 1}
static const unsigned short HSLOT[] = {${lists.map((head) => head?.slot ?? 0).join(',')}};
static const unsigned char HOBJ[] = {${lists.map((head) => head?.object ?? 0).join(',')},0,0};
static const unsigned char IOBJ[] = {${items.map((item) => item?.object ?? 0).join(',')}};
`;
}
