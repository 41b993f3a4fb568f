/**
 * What a campaign's counters say of the expectations of its programs. A program without one must not fail. Only an ended
 * campaign is judged: before, what is missing may still come.
 */
import type { Campaign, CampaignPart } from '@lastref/contracts';
import { expectationOf } from './expectation-of.js';
import { differences } from './judge.js';

export interface JudgedPart {
  readonly address: string;
  readonly expected: string | null;
  readonly held: boolean;
  readonly why: readonly string[];
}

export const judgeCampaign = ({ parts }: Campaign): JudgedPart[] => parts.map(judgePart);

function judgePart(part: CampaignPart): JudgedPart {
  const { address, cut } = part;
  const row = expectationOf(address);
  const cutRuns = cut > 0 ? ['runs were cut at their step limit'] : [];
  const why = [
    ...(row === undefined ? unexpected(part) : differences(row, found(part))),
    ...cutRuns,
  ];
  return { address, expected: row?.expect ?? null, held: why.length === 0, why };
}

const unexpected = ({ signatures }: CampaignPart): string[] =>
  signatures.map(({ signature }) => `unexpected: ${signature}`);

function found({
  signatures,
  schedules,
  outside,
  cut,
}: CampaignPart): Parameters<typeof differences>[1] {
  const named = (report: boolean): string[] =>
    signatures.filter((entry) => entry.report === report).map((entry) => entry.signature);
  const failing = signatures.reduce((sum, { report, count }) => sum + (report ? 0 : count), 0);
  return {
    failures: named(false),
    reports: named(true),
    cleanEnds: schedules > outside + cut + failing,
    missed: [],
  };
}
