/** The inside of a thread of the control plane. */
import { onOrders } from '@lastref/threads';
import { answerJob } from './answer-job.js';
import type { EngineJob } from './engine-jobs.js';

onOrders((job) => answerJob(job as EngineJob));
