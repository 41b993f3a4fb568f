/**
 * What is known of programs: what completions have added up, the signatures that sampling met, and the proof that says most.
 * A program nobody has run has no status.
 */
import type { Queryable, Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import type { Prisma } from '../generated/prisma/client.js';
import { listMetSignatures } from './met-signatures.js';

export interface StatusProof {
  operation: number;
  complete: boolean;
  semantics: number;
  states: number;
  transitions: number;
  depth: number;
  stateKeys: string;
  cleanEnds: boolean;
  missed: string[];
  failures: string[];
  reports: string[];
}

export interface ProgramStatus {
  program: string;
  schedules: number;
  outside: number;
  cut: number;
  failing: number;
  /** Met by sampling. */
  failures: string[];
  reports: string[];
  proof: StatusProof | null;
  updatedAt: Date;
}

const INCLUDE = {
  program: { select: { digest: true } },
  proof: { omit: { certificate: true } },
} as const satisfies Prisma.VariantStatusInclude;

type Row = Prisma.VariantStatusGetPayload<{ include: typeof INCLUDE }>;

function proofOf({ proof }: Row): StatusProof | null {
  if (proof === null) return null;
  const { complete, semantics, depth, stateKeys, cleanEnds, missed, failures, reports } = proof;
  return {
    operation: safeNumber(proof.operationId),
    complete,
    semantics,
    states: safeNumber(proof.states),
    transitions: safeNumber(proof.transitions),
    depth,
    stateKeys,
    cleanEnds,
    missed,
    failures,
    reports,
  };
}

/** By digest. @param programs digests */
export async function listStatuses(
  db: Store & Queryable,
  programs: readonly string[],
): Promise<Map<string, ProgramStatus>> {
  const where = { program: { digest: { in: [...programs] } } };
  const rows = await db.prisma.variantStatus.findMany({ where, include: INCLUDE });
  const met = await listMetSignatures(db, programs);
  return new Map(
    rows.map((row): [string, ProgramStatus] => {
      const program = row.program.digest;
      const signatures = (report: boolean): string[] =>
        met.flatMap((one) =>
          one.program === program && one.report === report ? [one.signature] : [],
        );
      const status = {
        program,
        schedules: safeNumber(row.schedules),
        outside: safeNumber(row.outside),
        cut: safeNumber(row.cut),
        failing: safeNumber(row.failing),
        failures: signatures(false),
        reports: signatures(true),
        proof: proofOf(row),
        updatedAt: row.updatedAt,
      };
      return [program, status];
    }),
  );
}
