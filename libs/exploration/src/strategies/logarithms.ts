/**
 * Probabilities as logarithms, and how they are printed: a lower bound is rounded down and an upper one up, so that what is
 * printed holds.
 */
const DIGITS = 2;

export const digits = (value: number): string => value.toPrecision(DIGITS);

/** @param towards Math.floor or Math.ceil */
function rounded(value: number, towards: (scaled: number) => number): string {
  if (value <= 0) return digits(0);
  const unit = 10 ** (Math.floor(Math.log10(value)) - DIGITS + 1);
  // A value that is itself of so many digits is not to be moved by the error of the division.
  const scaled = value / unit;
  const nearest = Math.round(scaled);
  const whole = Math.abs(scaled - nearest) < 1e-9 ? nearest : towards(scaled);
  return digits(whole * unit);
}

/** p of log10(p), however small, rounded down. */
export const power = (log: number): string =>
  log > -4 ? rounded(10 ** log, Math.floor) : `10^${Math.floor(log * 10) / 10}`;

/** Probability that none of the schedules is what one run is with probability 10^log, rounded up. */
export const missed = (log: number, schedules: number): string =>
  rounded(Math.exp(schedules * Math.log1p(-(10 ** log))), Math.ceil);

export const logFactorial = (n: number): number => {
  let sum = 0;
  for (let i = 2; i <= n; i++) sum += Math.log10(i);
  return sum;
};

/** log10 of how many ways there are to merge sequences of these lengths. */
export const logInterleavings = (counts: readonly number[]): number =>
  counts.reduce((log, n) => log - logFactorial(n), logFactorial(counts.reduce((a, b) => a + b, 0)));
