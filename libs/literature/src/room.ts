/** The programs as one scenario: a case each, buggy and fixed. */
import type { Scenario } from '@lastref/authoring';
import { FIXED, type Exhibit } from './exhibit.js';
import { account } from './programs/account.js';
import { bluetoothDriver } from './programs/bluetooth-driver.js';
import { carter01 } from './programs/carter01.js';
import { circularBuffer } from './programs/circular-buffer.js';
import { deadlock01 } from './programs/deadlock01.js';
import { lazy01 } from './programs/lazy01.js';
import { phase01 } from './programs/phase01.js';
import { queues } from './programs/queue.js';
import { reorders } from './programs/reorder.js';
import { safestack } from './programs/safestack.js';
import { stack } from './programs/stack.js';
import { stringbuffer } from './programs/stringbuffer.js';
import { syncs } from './programs/sync.js';
import { tokenRing } from './programs/token-ring.js';
import { twostages } from './programs/twostage.js';
import { wronglocks } from './programs/wronglock.js';

export const EXHIBITS: readonly Exhibit[] = [
  account,
  bluetoothDriver,
  carter01,
  circularBuffer,
  deadlock01,
  lazy01,
  phase01,
  ...queues,
  ...reorders,
  stack,
  ...syncs,
  tokenRing,
  ...twostages,
  ...wronglocks,
  stringbuffer,
  safestack,
];

const cases = Object.fromEntries(EXHIBITS.map(({ name, spec }) => [name, spec]));

export const literature: Scenario = {
  name: 'literature',
  title: 'programs of the literature, to measure what finds their bugs',
  switches: { [FIXED]: 'what the bug was is mended' },
  variants: {
    buggy: { title: 'as in the suite', switches: [], cases },
    fixed: { title: 'mended', switches: [FIXED], cases },
  },
};
