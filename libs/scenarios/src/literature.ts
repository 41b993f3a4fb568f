/** The expectations of the literature's programs, as those of any scenario. */
import { EXHIBITS, literature, type Exhibit } from '@lastref/literature';
import type { Expectation } from './expectation.js';

const rowsOf = ({ name, spec, expect, min, reports = [] }: Exhibit): Expectation[] => {
  const row = { scenario: literature.name, case: name, title: spec.title };
  const buggy = { ...row, variant: 'buggy', expect, reports, basis: 'report' } as const;
  return [
    { ...buggy, ...(min === undefined ? {} : { min }), control: `fixed/${name}` },
    { ...row, variant: 'fixed', expect: 'clean', reports: [], basis: 'inferred' },
  ];
};

export const literatureExpectations: readonly Expectation[] = EXHIBITS.flatMap(rowsOf);
