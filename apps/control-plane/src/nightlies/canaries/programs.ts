/** The programs that run beside every night and whose answers are known (libs/scenarios/src/canary.ts), as they are stored. */
import { addressOf, programDigest, programJson } from '@lastref/kernel';
import { canaryOf } from '@lastref/scenarios';
import type { NewProgram } from '@lastref/storage';

export const FAILS = 'canary/fails/main';
export const HOLDS = 'canary/holds/main';

export const canaryProgram = (address: string): NewProgram => {
  const program = canaryOf(address);
  const { scenario, variant, case: caseName, title, format, semantics } = program;
  return {
    digest: programDigest(program),
    address: addressOf(program),
    scenario,
    variant,
    caseName,
    title,
    format,
    semantics,
    bytes: programJson(program),
  };
};
