/**
 * Names of strategies: family, version, and all parameters, as `pct/1:d=3,k=120`. A name means one thing for ever and is
 * a ledger's key, so there is one way to write it: parameters in their order, whole numbers without leading zeros.
 */
import { nearest } from '@lastref/kernel';
import { EXPLORATION_LIMITS } from '../limits.js';

interface Parameter {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** May be left out. */
  readonly optional?: true;
}

const { depth, contested, pairs } = EXPLORATION_LIMITS;

const FAMILIES = {
  'rw/1': [],
  'pct/1': [
    { name: 'd', least: 1, most: depth },
    { name: 'k', least: 1, most: contested, optional: true },
  ],
  'pos/1': [],
  'urw/2': [],
  'surw/2': [],
  'pair/1': [
    { name: 'd', least: 1, most: pairs },
    { name: 'p', least: 1, most: 1, optional: true },
  ],
  'pb/1': [{ name: 'c', least: 0, most: depth }],
  'db/1': [{ name: 'd', least: 0, most: depth }],
} as const satisfies Record<string, readonly Parameter[]>;

export type Family = keyof typeof FAMILIES;

export interface StrategyName {
  readonly text: string;
  readonly family: Family;
  readonly values: ReadonlyMap<string, number>;
}

export type ParsedStrategyName =
  | { readonly ok: true; readonly name: StrategyName }
  | { readonly ok: false; readonly message: string };

/** The strategies that are run by default, one of each family. */
export const STRATEGIES: readonly string[] = [
  'rw/1',
  'pct/1:d=3',
  'pos/1',
  'urw/2',
  'surw/2',
  'pair/1:d=2',
  'pb/1:c=2',
  'db/1:d=2',
];

const isFamily = (text: string): text is Family => Object.hasOwn(FAMILIES, text);

export function parseStrategyName(text: string): ParsedStrategyName {
  const [family = '', ...rest] = text.split(':');
  if (!isFamily(family)) return refusal(text, unknown(text));
  const given = rest.join(':');
  const parts = given === '' ? [] : given.split(',');
  if (given === '' && rest.length > 0) return refusal(text, `nothing follows ':'`);
  const values = new Map<string, number>();
  let next = 0;
  for (const parameter of FAMILIES[family] satisfies readonly Parameter[]) {
    const value = /^([a-z]+)=(0|[1-9][0-9]{0,8})$/.exec(parts[next] ?? '');
    if (value?.[1] !== parameter.name) {
      if ('optional' in parameter) continue;
      return refusal(text, `it needs ${rangeOf(parameter)}`);
    }
    const number = Number(value[2]);
    if (number < parameter.least || number > parameter.most)
      return refusal(text, `it needs ${rangeOf(parameter)}`);
    values.set(parameter.name, number);
    next++;
  }
  if (next < parts.length) return refusal(text, `it takes no '${parts[next] ?? ''}' there`);
  return { ok: true, name: { text, family, values } };
}

const refusal = (text: string, why: string): ParsedStrategyName => ({
  ok: false,
  message: `no strategy '${text}': ${why}; there are: ${STRATEGIES.join(', ')}`,
});

function unknown(text: string): string {
  const meant = nearest(text, STRATEGIES);
  return meant === undefined ? 'no such name' : `did you mean ${meant}?`;
}

const rangeOf = ({ name, least, most }: Parameter): string => `${name}=<${least} to ${most}>`;
