/** From stored campaigns to what the API shows of them. */
import type { Campaign, CampaignPart, CampaignSummary, ProgramRounds } from '@lastref/contracts';
import type { MissingRange, StoredCampaign, StoredPart, WaitingProgram } from '@lastref/storage';

export function campaignSummary(campaign: StoredCampaign): CampaignSummary {
  const { shardsCarved, shardsDone, shardsQuarantined, createdAt, finishedAt, ...rest } = campaign;
  return {
    ...rest,
    shards: { carved: shardsCarved, done: shardsDone, quarantined: shardsQuarantined },
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

export interface CampaignDetails {
  parts: readonly StoredPart[];
  rounds: readonly ProgramRounds[];
  missing: readonly MissingRange[];
  waiting: readonly WaitingProgram[];
}

export function campaignDetails(
  campaign: StoredCampaign,
  { parts, rounds, missing, waiting }: CampaignDetails,
): Campaign {
  return {
    ...campaignSummary(campaign),
    parts: parts.map(partOf),
    rounds: [...rounds],
    missing: missing.map(missingOf),
    waiting: [...waiting],
  };
}

type Missing = Campaign['missing'][number];

function partOf({ totals, ...part }: StoredPart): CampaignPart {
  return { ...part, ...totals };
}

function missingOf({ program, strategy, seedFrom, count, messages }: MissingRange): Missing {
  return { program, strategy, seedFrom, count, messages };
}
