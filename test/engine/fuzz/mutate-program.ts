/** Arbitrary damage to a program: structure-aware edits of its JSON, and flipped bytes of its text. */
import fc from 'fast-check';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

interface Edit {
  /** Which of the values, counted depth first. */
  readonly where: number;
  readonly how: 'replace' | 'remove' | 'duplicate' | 'swap' | 'nudge';
  readonly value: Json;
}

const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -2, max: 40 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Json>(-1e9, 255, 256, 4096, 1e9, 0.5, 2 ** 53, Number.MAX_VALUE),
  },
  { weight: 1, arbitrary: fc.constantFrom<Json>(null, true, [], {}, '', 'x'.repeat(200)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Json>(
      'mutex_lock',
      'kfree',
      'stay',
      'zero',
      'ptr',
      'mutex',
      'work',
      'end',
    ),
  },
  { weight: 1, arbitrary: fc.string() },
);

export const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    where: fc.nat(),
    how: fc.constantFrom('replace', 'remove', 'duplicate', 'swap', 'nudge'),
    value,
  }),
  { minLength: 1, maxLength: 4 },
);

/** A copy of the program with the edits made. */
export function damaged(program: unknown, list: readonly Edit[]): unknown {
  const copy = structuredClone(program) as Json;
  for (const edit of list) {
    const places = placesOf(copy);
    const place = places[edit.where % Math.max(1, places.length)];
    if (place !== undefined) apply(place, edit);
  }
  return copy;
}

type Place =
  | { readonly list: Json[]; readonly key: number }
  | { readonly object: Record<string, Json>; readonly key: string };

function placesOf(root: Json): Place[] {
  const places: Place[] = [];
  const walk = (node: Json): void => {
    if (Array.isArray(node))
      node.forEach((child, key) => {
        places.push({ list: node, key });
        walk(child);
      });
    else if (typeof node === 'object' && node !== null)
      for (const key of Object.keys(node)) {
        places.push({ object: node, key });
        walk(node[key] ?? null);
      }
  };
  walk(root);
  return places;
}

function apply(place: Place, edit: Edit): void {
  const nudge = (old: Json | undefined): Json => (typeof old === 'number' ? old + 1 : edit.value);
  if ('list' in place) {
    const { list, key } = place;
    if (edit.how === 'remove') list.splice(key, 1);
    else if (edit.how === 'duplicate') list.splice(key, 0, structuredClone(list[key] ?? null));
    else if (edit.how === 'swap')
      list.splice(0, list.length, ...list.slice(key), ...list.slice(0, key));
    else list[key] = edit.how === 'nudge' ? nudge(list[key]) : edit.value;
    return;
  }
  const { object, key } = place;
  if (edit.how === 'remove') Reflect.deleteProperty(object, key);
  else if (edit.how === 'duplicate') object[`${key}2`] = object[key] ?? null;
  else object[key] = edit.how === 'nudge' ? nudge(object[key]) : edit.value;
}

export const byteEdits: fc.Arbitrary<{ at: number; byte: number }[]> = fc.array(
  fc.record({ at: fc.nat(), byte: fc.integer({ min: 32, max: 126 }) }),
  { minLength: 1, maxLength: 3 },
);

/** The text with bytes replaced, parsed if it still is JSON. */
export function flipped(text: string, list: readonly { at: number; byte: number }[]): unknown {
  let out = text;
  for (const { at, byte } of list) {
    const i = at % out.length;
    out = out.slice(0, i) + String.fromCharCode(byte) + out.slice(i + 1);
  }
  try {
    return JSON.parse(out);
  } catch {
    return undefined;
  }
}
