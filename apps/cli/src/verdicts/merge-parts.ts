/** Parts of a campaign added up: its rounds, or its strategies too. Lanes are left out: a sum over strategies is no ledger. */
import type { Campaign, CampaignPart } from '@lastref/contracts';

/** Lowest seeds of cut runs that a sum keeps; of one strategy, else they name no run. */
const CUT_SEEDS = 10;

type Signature = Omit<CampaignPart['signatures'][number], 'lanes'>;

export interface MergedParts extends Pick<
  CampaignPart,
  'program' | 'address' | 'strategy' | 'schedules' | 'outside' | 'cut' | 'cutSeeds'
> {
  readonly signatures: readonly Signature[];
}

/** One per program and strategy, in order of first use, with their programs together. */
export const byStrategy = ({ parts }: Pick<Campaign, 'parts'>): MergedParts[] =>
  byProgram({ parts }).flatMap(({ program }) =>
    mergeBy(
      parts.filter((part) => part.program === program),
      ({ strategy }) => strategy,
    ),
  );

/** One per program; strategy and seeds are those of the first part. */
export const byProgram = ({ parts }: Pick<Campaign, 'parts'>): MergedParts[] =>
  mergeBy(parts, ({ program }) => program);

function mergeBy(
  parts: readonly CampaignPart[],
  keyOf: (part: CampaignPart) => string,
): MergedParts[] {
  const merged = new Map<string, MergedParts>();
  for (const part of parts) {
    const before = merged.get(keyOf(part));
    merged.set(keyOf(part), before === undefined ? part : merge(before, part));
  }
  return [...merged.values()];
}

const merge = (a: MergedParts, b: MergedParts): MergedParts => ({
  ...a,
  schedules: a.schedules + b.schedules,
  outside: a.outside + b.outside,
  cut: a.cut + b.cut,
  cutSeeds: [...a.cutSeeds, ...b.cutSeeds].sort((x, y) => x - y).slice(0, CUT_SEEDS),
  signatures: mergeSignatures([...a.signatures, ...b.signatures]),
});

function mergeSignatures(entries: readonly Signature[]): Signature[] {
  const sums = new Map<string, Signature>();
  for (const entry of entries) {
    const { signature, count } = entry;
    const sum = sums.get(signature);
    sums.set(signature, sum === undefined ? entry : { ...sum, count: sum.count + count });
  }
  return [...sums.values()];
}
