/** What `lastref bench` measures, by the names its command line takes. */
export const PARTS = ['c', 'fast-check', 'spin', 'threads', 'plain-switch', 'service'] as const;

export type PartName = (typeof PARTS)[number];
