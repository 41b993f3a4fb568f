/** Small scenarios for tests: one variant, one case, written where they are used. */
import { compile, type CaseSpec, type Scenario } from '@lastref/authoring';
import { prove, type SearchResult } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';

export type TinyCase = Omit<CaseSpec, 'title'> & Pick<Scenario, 'works' | 'modules'>;

export function tiny({ works, modules, ...spec }: TinyCase): Program {
  const scenario: Scenario = {
    name: 'tiny',
    title: 'a test',
    switches: {},
    ...(works === undefined ? {} : { works }),
    ...(modules === undefined ? {} : { modules }),
    variants: {
      only: { title: 'only', switches: [], cases: { main: { title: 'main', ...spec } } },
    },
  };
  return compile(scenario, 'tiny/only');
}

export const proveTiny = (spec: TinyCase): SearchResult => prove(tiny(spec));
