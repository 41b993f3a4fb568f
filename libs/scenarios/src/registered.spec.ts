import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '@lastref/authoring';
import { SCENARIOS } from './index.js';

/** What scenarios share; no scenarios themselves. */
const LIBRARIES = ['kernel', 'userspace'];

const folders = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(__dirname, entry.name, 'index.ts')))
  .filter(({ name }) => !LIBRARIES.includes(name))
  .map(({ name }) => name);

const isScenario = (value: unknown): value is Scenario =>
  typeof value === 'object' && value !== null && 'variants' in value && 'switches' in value;

it('there are scenarios', () => {
  expect(folders).toContain('nbd');
});

it.each(folders)(
  '%s/index.ts: its scenarios are in SCENARIOS of libs/scenarios/src/index.ts',
  async (folder) => {
    const module = (await import(`./${folder}/index.js`)) as Record<string, unknown>;
    const found = Object.values(module).filter(isScenario);
    expect(found).not.toEqual([]);
    const forgotten = found.filter((scenario) => !SCENARIOS.includes(scenario));
    expect(forgotten.map(({ name }) => `${name} in libs/scenarios/src/${folder}/index.ts`)).toEqual(
      [],
    );
  },
);
