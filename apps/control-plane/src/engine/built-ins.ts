/**
 * The programs that Lastref ships, compiled when their address is first asked about: what a program is to its address. Only a
 * built-in names the address of one; anything else that calls itself so is stored under its digest.
 */
import { addressOf, type Program, programDigest } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';
import type { AddressClaim } from '@lastref/storage';

const digests = new Map<string, string | undefined>(
  catalogue().map((one) => [`${one.scenario}/${one.variant}/${one.case}`, undefined]),
);

export function claimOf(program: Program): AddressClaim {
  const address = addressOf(program);
  if (!digests.has(address)) return 'pushed';
  const digest = digests.get(address) ?? programDigest(compileAddress(address));
  digests.set(address, digest);
  return digest === programDigest(program) ? 'built-in' : 'unnamed';
}
