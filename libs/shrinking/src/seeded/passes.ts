/** The passes in the order in which they are tried: what takes away most with least work comes first. */
import { dropEvents } from './drop-events.js';
import { dropSegments } from './drop-segments.js';
import { dropSteps } from './drop-steps.js';
import { dropTasks } from './drop-tasks.js';
import { mergeSegments } from './merge-segments.js';
import { moveSwitch } from './move-switch.js';
import type { Pass } from './pass.js';
import { stay } from './stay.js';
import { swapTasks } from './swap-tasks.js';

export const PASSES: readonly Pass[] = [
  dropEvents,
  dropTasks,
  stay,
  dropSegments,
  mergeSegments,
  moveSwitch,
  dropSteps,
  swapTasks,
];
