/** Every operation that has C, from the files that have them. */
import { completionOperations } from './operations/completions.js';
import { controlOperations } from './operations/control.js';
import { fieldOperations } from './operations/fields.js';
import { kernfsOperations } from './operations/kernfs.js';
import { listOperations } from './operations/lists.js';
import { lockOperations } from './operations/locks.js';
import { memoryOperations } from './operations/memory.js';
import { moduleOperations } from './operations/modules.js';
import { queueOperations } from './operations/queues.js';
import { refcountOperations } from './operations/refcounts.js';
import { rwsemOperations } from './operations/rwsems.js';
import { tableOperations } from './operations/tables.js';
import type { COperations } from './operation.js';

export const C_OPERATIONS: COperations = {
  ...completionOperations,
  ...controlOperations,
  ...fieldOperations,
  ...kernfsOperations,
  ...listOperations,
  ...lockOperations,
  ...memoryOperations,
  ...moduleOperations,
  ...queueOperations,
  ...refcountOperations,
  ...rwsemOperations,
  ...tableOperations,
};
