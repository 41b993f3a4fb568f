/**
 * What others have published: mean schedules to the first failure over 20 trials, from the raw data of two artefacts, both under
 * the MIT licence: SURW's (ASPLOS 2025, stats/; cap 10,000, for SafeStack 1,000,000; URW is its N-S) and RFF's (ASPLOS 2024,
 * full-data.csv; five minutes a trial), from which RFF and PERIOD are. They ran compiled programs and could switch at every
 * memory access, so a mean says how hard a program is for a tool there, not what it would take here.
 */
export const TOOLS = ['RW', 'PCT-3', 'PCT-10', 'POS', 'URW', 'SURW', 'RFF', 'PERIOD'] as const;
export type Tool = (typeof TOOLS)[number];

export const PUBLISHED_TRIALS = 20;

/** A mean, or a mean over those trials that found it and their number. */
export type PublishedCell = number | readonly [mean: number, found: number];
const NEVER: PublishedCell = [0, 0];

/** A tool that has no number for a program is not there. */
export type PublishedMeans = Readonly<Partial<Record<Tool, PublishedCell>>>;

/** By the names of the suites. */
export const PUBLISHED: Readonly<Record<string, PublishedMeans>> = {
  'CS/account': {
    RW: 18.1,
    'PCT-3': 4.3,
    'PCT-10': 4.5,
    POS: 4.1,
    URW: 2.9,
    SURW: 5.8,
    RFF: 1,
    PERIOD: 10.1,
  },
  'CS/bluetooth_driver': {
    RW: 214.7,
    'PCT-3': 112.5,
    'PCT-10': 83,
    POS: 36.1,
    URW: [1493.9, 19],
    SURW: 70.2,
    RFF: 44.9,
    PERIOD: 9,
  },
  'CS/carter01': { RW: 1, 'PCT-3': 5, 'PCT-10': 3.4, POS: 1.9, RFF: 1.9, PERIOD: 4.5 },
  'CS/circular_buffer': {
    RW: 4.2,
    'PCT-3': 9.1,
    'PCT-10': 4.6,
    POS: 2.1,
    URW: 13.8,
    SURW: 2.8,
    RFF: 1.6,
    PERIOD: 3.1,
  },
  'CS/deadlock01': {
    RW: 3.2,
    'PCT-3': 12.9,
    'PCT-10': 7.4,
    POS: 3.5,
    URW: 2.6,
    SURW: 1.8,
    RFF: 4.7,
    PERIOD: 3,
  },
  'CS/lazy01': {
    RW: 20.6,
    'PCT-3': 4.9,
    'PCT-10': 4.6,
    POS: 4.7,
    URW: 4,
    SURW: 2,
    RFF: 6.4,
    PERIOD: 7,
  },
  'CS/queue': {
    RW: 1,
    'PCT-3': 3.3,
    'PCT-10': 2.3,
    POS: 1.1,
    URW: 2,
    SURW: 2.1,
    RFF: 1,
    PERIOD: 3.5,
  },
  'CS/reorder_3': {
    RW: NEVER,
    'PCT-3': 185.2,
    'PCT-10': 148.1,
    POS: 85.5,
    URW: 23.9,
    SURW: 7.3,
    RFF: 6.7,
    PERIOD: 6,
  },
  'CS/reorder_4': {
    RW: NEVER,
    'PCT-3': 554,
    'PCT-10': 362.3,
    POS: 533,
    URW: 21.9,
    SURW: 7.3,
    RFF: 6.2,
    PERIOD: 9,
  },
  'CS/reorder_5': {
    RW: NEVER,
    'PCT-3': 646.8,
    'PCT-10': 1094.2,
    POS: 2169.1,
    URW: 27.3,
    SURW: 10.4,
    RFF: 5.8,
    PERIOD: 12,
  },
  'CS/reorder_10': {
    RW: NEVER,
    'PCT-3': [3225.3, 16],
    'PCT-10': [4461.9, 12],
    POS: NEVER,
    URW: 74.2,
    SURW: 17.2,
    RFF: 5.8,
    PERIOD: 27,
  },
  'CS/reorder_20': {
    RW: NEVER,
    'PCT-3': 3005.1,
    'PCT-10': [3297.3, 17],
    POS: NEVER,
    URW: 9.7,
    SURW: 6,
    RFF: 5.8,
    PERIOD: 39,
  },
  'CS/stack': {
    RW: 176,
    'PCT-3': 3.2,
    'PCT-10': 2.6,
    POS: 1.7,
    URW: [985.8, 19],
    SURW: 4.6,
    RFF: 1.6,
    PERIOD: 8,
  },
  'CS/token_ring': {
    RW: 13,
    'PCT-3': 8.2,
    'PCT-10': 7.8,
    POS: 8.6,
    URW: 9,
    SURW: 8.2,
    RFF: 5.1,
    PERIOD: 2,
  },
  'CS/twostage': {
    RW: 464.1,
    'PCT-3': 12.6,
    'PCT-10': 8.7,
    POS: 15.1,
    URW: 9,
    SURW: 7.5,
    RFF: 8.2,
    PERIOD: 4,
  },
  'CS/twostage_20': {
    RW: NEVER,
    'PCT-3': 159.2,
    'PCT-10': 100.7,
    POS: 156,
    URW: 23.8,
    SURW: 5.7,
    RFF: 21.7,
    PERIOD: 76,
  },
  'CS/wronglock': {
    RW: 35.9,
    'PCT-3': 51.1,
    'PCT-10': 20.1,
    POS: 10.2,
    URW: 3.5,
    SURW: 7.5,
    RFF: 1,
    PERIOD: 4.3,
  },
  'CS/wronglock_3': {
    RW: 35.9,
    'PCT-3': 58.1,
    'PCT-10': 14.1,
    POS: 10.8,
    URW: 4.6,
    SURW: 8.8,
    RFF: 1,
    PERIOD: 5,
  },
  'CB/stringbuffer-jdk1.4': {
    RW: [2242.6, 19],
    'PCT-3': 280.7,
    'PCT-10': 25.7,
    POS: 23.4,
    URW: 834,
    SURW: 8.5,
    RFF: 15.4,
    PERIOD: 26.9,
  },
  SafeStack: {
    RW: NEVER,
    'PCT-3': NEVER,
    'PCT-10': NEVER,
    POS: NEVER,
    URW: NEVER,
    SURW: [368921, 19],
    RFF: NEVER,
    PERIOD: NEVER,
  },
};

export const foundOf = (cell: PublishedCell): number =>
  typeof cell === 'number' ? PUBLISHED_TRIALS : cell[1];

/** The lowest mean among the tools that found it in every trial. */
export function bestPublished(
  means: PublishedMeans,
): { readonly tool: Tool; readonly mean: number } | null {
  const always = TOOLS.flatMap((tool) => {
    const mean = means[tool];
    return typeof mean === 'number' ? [{ tool, mean }] : [];
  });
  const [lowest] = always.sort((a, b) => a.mean - b.mean);
  return lowest ?? null;
}
