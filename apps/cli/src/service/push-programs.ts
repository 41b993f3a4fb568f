/** Stores programs with the service. Their digest is their key there, so this may be repeated at will. */
import { programSummarySchema, type ProgramSummary } from '@lastref/contracts';
import { ok, type Result } from '../outcome.js';
import type { NamedProgram } from '../programs/resolve-program.js';
import type { Client } from './client.js';

export async function pushPrograms(
  client: Client,
  programs: readonly NamedProgram[],
): Promise<Result<readonly ProgramSummary[]>> {
  const stored: ProgramSummary[] = [];
  for (const { program } of programs) {
    const one = await client.json(programSummarySchema, {
      method: 'POST',
      path: '/programs',
      body: program,
    });
    if (!one.ok) return one;
    stored.push(one.value);
  }
  return ok(stored);
}
