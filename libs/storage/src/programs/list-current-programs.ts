/** The program that every address means, in the order of addresses: what a list of scenarios shows. */
import type { Store } from '../database/database.js';
import { CURRENT_FIRST } from './programs.js';

export interface CurrentProgram {
  digest: string;
  address: string;
  scenario: string;
  variant: string;
  caseName: string;
  title: string;
}

const SHOWN = {
  digest: true,
  address: true,
  scenario: true,
  variant: true,
  caseName: true,
  title: true,
} as const;

export function listCurrentPrograms({ prisma }: Store): Promise<CurrentProgram[]> {
  return prisma.program.findMany({
    distinct: ['address'],
    select: SHOWN,
    where: { version: { not: null } },
    orderBy: [{ address: 'asc' }, ...CURRENT_FIRST],
  });
}
