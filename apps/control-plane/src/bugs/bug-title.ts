/**
 * A bug in words, made of its signature and nothing else: `deadlock@f(m)+g(n)` is a deadlock between f
 * and g. A signature in a form not known here is its own title.
 */
export function bugTitle(signature: string): string {
  const at = signature.indexOf('@');
  if (at < 0) return signature;
  const kind = signature.slice(0, at).replaceAll('-', ' ');
  const places = placesOf(signature.slice(at + 1));
  const [first, second, ...more] = places;
  if (first === undefined) return signature;
  if (second === undefined) {
    return kind === 'deadlock' ? `deadlock of ${first.name} with itself` : inPlace(kind, first);
  }
  const names = [first, second, ...more].map(({ name }) => name);
  const last = names.pop() ?? '';
  const link = kind === 'deadlock' || kind === 'lock order' ? 'between' : 'in';
  return `${kind} ${link} ${names.join(', ')} and ${last}`;
}

interface Place {
  name: string;
  detail: string;
}

function inPlace(kind: string, { name, detail }: Place): string {
  return detail === '' ? `${kind} in ${name}` : `${kind} in ${name}: ${detail}`;
}

/** Splits `f(a)+g(b)` at the plus signs outside of parentheses. */
function placesOf(text: string): Place[] {
  return (text.match(/[^+()]+(?:\([^)]*\))?/g) ?? []).map((part) => {
    const open = part.indexOf('(');
    if (open < 0) return { name: part, detail: '' };
    return { name: part.slice(0, open), detail: part.slice(open + 1, -1) };
  });
}
