/** How a value of a request is shown to who sent it: short, on one line, and never what it would print itself as. */
const SHOWN_TEXT = 60;

/** No more than `most` characters; what is missing is an ellipsis. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  // Not in the middle of a character outside the basic plane.
  const end = most - 1 - Number(/[\ud800-\udbff]/.test(text.charAt(most - 2)));
  return `${text.slice(0, end)}…`;
}

export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shorten(value, SHOWN_TEXT));
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}
