/**
 * The parts of a campaign with their totals: what its ledger is made of. One entry per (program,
 * strategy, round); whoever makes a ledger merges rounds by the engine's own rule.
 */
import type { SignatureTotals, ShardTotals } from '@lastref/contracts';
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import type { Prisma } from '../generated/prisma/client.js';

export interface StoredPart {
  program: string;
  address: string;
  strategy: string;
  round: number;
  seedFrom: number;
  seedEnd: number;
  totals: ShardTotals;
}

const PARTS = {
  program: { select: { digest: true, address: true } },
  signatures: { include: { signature: true } },
} as const satisfies Prisma.CampaignPartInclude;

type Row = Prisma.CampaignPartGetPayload<{ include: typeof PARTS }>;

function signatureTotals(row: Row['signatures'][number]): SignatureTotals {
  const { signature, count, lane0, lane1, lane2, lane3, lowestSeeds } = row;
  return {
    signature: signature.text,
    kind: signature.kind,
    report: signature.report,
    count: safeNumber(count),
    lanes: [safeNumber(lane0), safeNumber(lane1), safeNumber(lane2), safeNumber(lane3)],
    lowestSeeds: lowestSeeds.map(safeNumber),
  };
}

/** By code unit, as everywhere: the order of a database is that of its locale. */
const byText = (a: SignatureTotals, b: SignatureTotals): number =>
  a.signature < b.signature ? -1 : Number(a.signature > b.signature);

function plain(row: Row): StoredPart {
  const { strategy, round } = row;
  return {
    program: row.program.digest,
    address: row.program.address,
    strategy,
    round,
    seedFrom: safeNumber(row.seedFrom),
    seedEnd: safeNumber(row.seedEnd),
    totals: {
      schedules: safeNumber(row.schedules),
      outside: safeNumber(row.outside),
      cut: safeNumber(row.cut),
      cutSeeds: row.cutSeeds.map(safeNumber),
      steps: safeNumber(row.steps),
      signatures: row.signatures.map(signatureTotals).sort(byText),
    },
  };
}

/**
 * In the order of writing: rounds in turn, each as it was allocated. Of one program, if its digest is given. Parts and
 * signatures may be read at two moments: the totals of a campaign that still runs may be a shard apart.
 */
export async function listParts(
  { prisma }: Store,
  campaign: number,
  program?: string,
): Promise<StoredPart[]> {
  const rows = await prisma.campaignPart.findMany({
    where: {
      campaignId: campaign,
      ...(program === undefined ? {} : { program: { digest: program } }),
    },
    include: PARTS,
    orderBy: { id: 'asc' },
  });
  return rows.map(plain);
}
