/** Addresses: `scenario/variant[/case]`, each part a slug. */
import { LIMITS } from '../limits.js';
import type { Program } from './program.js';

export type ParsedAddress =
  | {
      readonly ok: true;
      readonly scenario: string;
      readonly variant: string;
      readonly case?: string;
    }
  | { readonly ok: false; readonly message: string };

/** Letters, digits, - and, for kernel versions, dots inside. */
const SLUG = new RegExp(`^[a-z0-9-][a-z0-9.-]{0,${LIMITS.slugLength - 1}}$`);

export const isSlug = (text: string): boolean => SLUG.test(text);

export const addressOf = (program: Pick<Program, 'scenario' | 'variant' | 'case'>): string =>
  `${program.scenario}/${program.variant}/${program.case}`;

export function parseAddress(text: string): ParsedAddress {
  const [scenario, variant, name, ...rest] = text.split('/');
  if (scenario === undefined || variant === undefined || rest.length > 0)
    return {
      ok: false,
      message: `'${text}' is no address: write scenario/variant or scenario/variant/case`,
    };
  for (const part of [scenario, variant, ...(name === undefined ? [] : [name])])
    if (!isSlug(part))
      return {
        ok: false,
        message: `'${part}' in '${text}' is no slug: 1 to ${LIMITS.slugLength} of a-z, 0-9, - and .`,
      };
  return name === undefined
    ? { ok: true, scenario, variant }
    : { ok: true, scenario, variant, case: name };
}
