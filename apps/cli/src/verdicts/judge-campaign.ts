/**
 * What a campaign's counters say of the expectations of its programs, over all strategies and rounds of each. A program
 * without an expectation must not fail. Cut runs keep either from holding. Only an ended campaign is judged: before, what is missing may still come.
 */
import type { Campaign } from '@lastref/contracts';
import { countsOf } from '@lastref/exploration';
import { cutDiffers, differences } from '@lastref/judging';
import { expectationOf } from '@lastref/scenarios';
import { byProgram, type MergedParts } from './merge-parts.js';

export interface JudgedPart {
  readonly program: string;
  readonly address: string;
  readonly expected: string | null;
  readonly held: boolean;
  readonly why: readonly string[];
}

/** One per program, in the order of the parts. */
export const judgeCampaign = (campaign: Campaign): JudgedPart[] =>
  byProgram(campaign).map(judgeProgram);

function judgeProgram(part: MergedParts): JudgedPart {
  const { program, address, cut } = part;
  const row = expectationOf(address);
  const why = [
    ...(row === undefined ? unexpected(part) : differences(row, found(part))),
    ...cutDiffers(cut),
  ];
  return { program, address, expected: row?.expect ?? null, held: why.length === 0, why };
}

const unexpected = ({ signatures }: MergedParts): string[] =>
  signatures.flatMap(({ signature, report }) => (report ? [] : [`unexpected: ${signature}`]));

function found(part: MergedParts): Parameters<typeof differences>[1] {
  const named = (report: boolean): string[] =>
    part.signatures.filter((entry) => entry.report === report).map((entry) => entry.signature);
  const sampled = countsOf(part);
  return {
    failures: named(false),
    reports: named(true),
    cleanEnds: sampled.clean > 0,
    missed: [],
    sampled,
  };
}
