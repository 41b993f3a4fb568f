/** From stored programs to what the API shows of them. */
import type { ProgramDetails, ProgramSummary } from '@lastref/contracts';
import type { StoredProgram } from '@lastref/storage';

export function programSummary(program: StoredProgram): ProgramSummary {
  const { digest, address, scenario, variant, caseName, title, createdAt, version } = program;
  return {
    digest,
    address,
    scenario,
    variant,
    case: caseName,
    title,
    createdAt: createdAt.toISOString(),
    version,
  };
}

export function programDetails(program: StoredProgram): ProgramDetails {
  // Our own canonical bytes, validated when they were stored.
  const document = JSON.parse(program.bytes) as ProgramDetails['program'];
  return { ...programSummary(program), program: document };
}
