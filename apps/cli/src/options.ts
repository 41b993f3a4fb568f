/** Parsers of option values, with messages that say what would do. */
import { InvalidArgumentError } from 'commander';

/** An integer from least to most; digits only, underscores allowed between them. */
export const integer =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d[\d_]*$/.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
    if (!Number.isSafeInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`It must be an integer from ${least} to ${most}.`);
    return value;
  };

export type OrNone = number | 'none';

/** What `parse` takes, or `none`, which takes the setting away. A word, since commander reads null as an empty string. */
export const orNone =
  (parse: (text: string) => number) =>
  (text: string): OrNone =>
    text === 'none' ? text : parse(text);
