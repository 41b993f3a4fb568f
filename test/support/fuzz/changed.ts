/** What a change makes of a body: of its value in one place, or of its text. */
import type { Change } from './requests.js';

type Holder = Record<string, unknown>;

/** Undefined: no body at all. Lone surrogates are lost on the way to bytes. */
export function textOf(body: unknown, change: Change | undefined): string | undefined {
  if (change === undefined || change.how !== 'text') {
    const value: unknown = change === undefined ? body : changed(body, change);
    return value === undefined ? undefined : JSON.stringify(value);
  }
  const text = JSON.stringify(body ?? {});
  switch (change.edit) {
    case 'cut':
      return text.slice(0, change.at % text.length);
    case 'append':
      return `${text}}`;
    case 'repeat':
      return text.replace(/"([a-zA-Z]+)":/, '"$1":1,"$1":');
    case 'deepen':
      return `${'['.repeat(change.at)}${text}${']'.repeat(change.at)}`;
  }
}

function changed(
  body: unknown,
  { how, place, key, value }: Exclude<Change, { how: 'text' }>,
): unknown {
  const copy: unknown = structuredClone(body);
  const places = placesOf(copy);
  const [holder, at] = places[place % Math.max(places.length, 1)] ?? [];
  if (holder === undefined || at === undefined) return value;
  switch (how) {
    case 'replace':
      put(holder, at, value);
      return copy;
    case 'remove':
      Reflect.deleteProperty(holder, at);
      return copy;
    case 'add':
      put(holder, key, value);
      return copy;
  }
}

/** As a member of its own, whatever it is called. */
function put(holder: Holder, key: string, value: unknown): void {
  if (Array.isArray(holder) && !/^[0-9]+$/.test(key)) holder.push(value);
  else
    Object.defineProperty(holder, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

function placesOf(value: unknown): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key): [Holder, string][] => [
    [holder, key],
    ...placesOf(holder[key]),
  ]);
}
