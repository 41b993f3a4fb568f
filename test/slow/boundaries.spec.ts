/** The dependency direction is enforced: a forbidden import is a lint error, a permitted one is not. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const lint = (path: string, text: string): string[] =>
  JSON.parse(
    execFileSync(process.execPath, [join(__dirname, 'lint-text.mjs'), path, text], {
      cwd: join(__dirname, '../..'),
      encoding: 'utf8',
    }),
  ) as string[];

describe('who may import whom', () => {
  it.each([
    ['libs/kernel/src/x.ts', "import '@lastref/exploration';", 'may import only: no other library'],
    ['libs/storage/src/x.ts', "import '@lastref/kernel';", 'may import only: contracts'],
    ['libs/scenarios/src/x.ts', "import '@lastref/kernel';", 'may import only: authoring'],
    ['apps/control-plane/src/x.ts', "import '@lastref/authoring';", 'may import only: kernel'],
    ['libs/kernel/src/x.ts', "import 'node:fs';", 'Engine libraries are pure'],
    ['libs/kernel/src/x.ts', 'export const now = Date.now();', "Unexpected use of 'Date'"],
    ['apps/worker/src/x.ts', "import '@lastref/kernel/dist/index.js';", 'by its name only'],
  ])('%s: %s is refused', (path, text, message) => {
    expect(lint(path, text).join('\n')).toContain(message);
  });

  it.each([
    ['libs/exploration/src/x.ts', "import '@lastref/kernel';"],
    ['apps/control-plane/src/x.ts', "import '@lastref/storage';"],
  ])('%s: %s is allowed', (path, text) => {
    expect(lint(path, text)).toEqual([]);
  });
});
