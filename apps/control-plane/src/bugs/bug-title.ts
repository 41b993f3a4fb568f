/**
 * A bug in words, made of its signature and nothing else: `deadlock@f(m)+g(n)` is a deadlock between f
 * and g. A signature of a kind that this version does not know is its own title.
 */
import { signatureParts, type SignaturePart, type SignatureParts } from '@lastref/kernel';

export function bugTitle(signature: string): string {
  const read = partsOf(signature);
  const [first, second] = read?.parts ?? [];
  if (read === undefined || first === undefined || first.name === '') return signature;
  const kind = read.kind.replaceAll('-', ' ');
  if (second === undefined) return titleOfOne(kind, first);
  const names = read.parts.map(({ name }) => name);
  const last = names.pop() ?? '';
  const link = read.kind === 'deadlock' || read.kind === 'lock-order' ? 'between' : 'in';
  return `${kind} ${link} ${names.join(', ')} and ${last}`;
}

function titleOfOne(kind: string, { name, detail = '' }: SignaturePart): string {
  if (kind === 'deadlock') return `deadlock of ${name} with itself`;
  return detail === '' ? `${kind} in ${name}` : `${kind} in ${name}: ${detail}`;
}

/** Reading throws for unknown kinds, which a newer worker may have stored. */
function partsOf(signature: string): SignatureParts | undefined {
  try {
    return signatureParts(signature);
  } catch {
    return undefined;
  }
}
