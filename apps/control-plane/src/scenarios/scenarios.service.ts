/**
 * Scenarios, their variants and cases as they follow from the stored programs: the program stored last
 * under every address. There are few enough (MAX_STORED_PROGRAMS) that pages are cut here.
 */
import type { Page, PageQuery, Scenario } from '@lastref/contracts';
import { type CurrentProgram, type Database, listCurrentPrograms } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { readCursor, textKey } from '../http/cursor.js';
import { toPage } from '../http/to-page.js';
import { DATABASE } from '../storage/storage.module.js';

@Injectable()
export class ScenariosService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async list(query: PageQuery): Promise<Page<Scenario>> {
    const after = readCursor(query.after, textKey) ?? '';
    const programs = await listCurrentPrograms(this.database);
    const rows = groupBy(programs, (program) => program.scenario)
      .filter(([scenario]) => scenario > after)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .slice(0, query.limit + 1);
    return toPage(rows, query.limit, ([scenario]) => scenario, scenarioOf);
  }
}

function scenarioOf([scenario, programs]: [string, CurrentProgram[]]): Scenario {
  const variants = groupBy(programs, (program) => program.variant).map(([variant, cases]) => ({
    variant,
    cases: cases.map(({ caseName, address, digest, title }) => ({
      case: caseName,
      address,
      digest,
      title,
    })),
  }));
  return { scenario, variants };
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups];
}
