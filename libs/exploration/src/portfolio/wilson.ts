/** Wilson's confidence interval for a share: honest for small counts too, and never empty at zero or all. */

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Standard deviations of 95 % confidence. */
const Z = 1.959963984540054;

/** The share behind `count` of `of`, with 95 % confidence; everything is possible where nothing was counted. */
export function wilson(count: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = count / of;
  const shrink = 1 + Z ** 2 / of;
  const middle = (share + Z ** 2 / (2 * of)) / shrink;
  const half = (Z / shrink) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return {
    low: count === 0 ? 0 : Math.max(0, middle - half),
    high: count === of ? 1 : Math.min(1, middle + half),
  };
}

export const widthOf = ({ low, high }: Interval): number => high - low;
