/**
 * Asks a new installation for proofs of the programs of its first campaign, in the background and with a small budget, so that
 * the matrix fills by itself. Only those without a proof are asked for, each under a key that follows from it: asking
 * again, at every start, makes none twice.
 */
import {
  matrixPageSchema,
  MAX_PAGE,
  operationSchema,
  type OperationRequest,
} from '@lastref/contracts';
import { catalogue } from '@lastref/scenarios';
import { FIRST_RUN_STATES } from '../limits.js';
import { ok, type Result } from '../outcome.js';
import type { NamedProgram } from '../programs/resolve-program.js';
import type { Client } from '../service/client.js';

/** How many were asked for. */
export async function firstRunProofs(
  client: Client,
  programs: readonly NamedProgram[],
): Promise<Result<number>> {
  const path = `/matrix?limit=${MAX_PAGE}`;
  const page = await client.json(matrixPageSchema, { method: 'GET', path });
  if (!page.ok) return page;
  const proved = new Set(
    page.value.items.flatMap(({ program, proof }) => (proof === null ? [] : [program])),
  );
  const hosts = new Set(catalogue().flatMap((row) => (row.host === true ? [addressOf(row)] : [])));
  const wanted = programs.filter(
    ({ digest, address }) => !proved.has(digest) && !hosts.has(address),
  );
  for (const { digest } of wanted) {
    const body: OperationRequest = {
      kind: 'prove',
      program: digest,
      maxStates: FIRST_RUN_STATES,
      symmetry: false,
      reduce: false,
      background: true,
    };
    const idempotencyKey = `first-run-proof-${digest}`;
    const request = { method: 'POST', path: '/operations', body, idempotencyKey } as const;
    const made = await client.json(operationSchema, request);
    if (!made.ok) return made;
  }
  return ok(wanted.length);
}

const addressOf = ({
  scenario,
  variant,
  case: name,
}: {
  readonly scenario: string;
  readonly variant: string;
  readonly case: string;
}): string => `${scenario}/${variant}/${name}`;
