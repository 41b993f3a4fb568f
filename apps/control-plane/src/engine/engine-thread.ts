/** The thread: answers one job after another, each with one message. */
import { parentPort } from 'node:worker_threads';
import { answerJob } from './answer-job.js';
import type { EngineJob } from './engine-jobs.js';

parentPort?.on('message', (job: EngineJob) => {
  parentPort?.postMessage(answerJob(job));
});
