/** Ends and checks in C: what neither touches memory nor waits for a value. */
import type { CFamily } from '../operation.js';

export const controlOperations = {
  end: { run: () => '' },
  stay: { run: () => '', rests: true },
  invariant: { run: (site) => `if (!${site.value(1)}) fail(INVARIANT); ${site.go()}` },
  busy_pool: { run: () => 'fail(POOL);' },
} satisfies CFamily;
