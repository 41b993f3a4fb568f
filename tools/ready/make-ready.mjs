// The steps of tools/ready.mjs. A lock keeps two commands from installing or building at the same time; the later one
// waits and then finds nothing left to do. Answers an exit code: 0, or 3 for "the environment is not right".
import { join } from 'node:path';
import { takeLock } from '../processes/lock.mjs';
import { pause } from '../processes/wait.mjs';
import { build, buildIsCurrent } from './build.mjs';
import { dependenciesAreCurrent, installDependencies } from './dependencies.mjs';
import { stampFolder } from './places.mjs';
import { generatePrismaClient, prismaClientIsCurrent } from './prisma-client.mjs';
import { messageOf } from '../errors.mjs';

const EXIT_ENVIRONMENT = 3;
const LOCK_POLL_MS = 200;

const steps = [
  { say: 'Installing dependencies', isCurrent: dependenciesAreCurrent, make: installDependencies },
  {
    say: 'Generating the Prisma client',
    isCurrent: prismaClientIsCurrent,
    make: generatePrismaClient,
  },
  { say: 'Building', isCurrent: buildIsCurrent, make: build },
];

export const isReady = () => steps.every((step) => step.isCurrent());

/** @returns {Promise<0 | 3>} */
export async function makeReady() {
  if (isReady()) return 0;
  const release = await waitForLock();
  try {
    for (const { say, isCurrent, make } of steps) {
      if (isCurrent()) continue;
      const from = performance.now();
      process.stderr.write(`${say} ...`);
      await make();
      process.stderr.write(` ${((performance.now() - from) / 1000).toFixed(1)} s\n`);
    }
    return 0;
  } catch (error) {
    process.stderr.write(` failed\n${messageOf(error)}\n`);
    return EXIT_ENVIRONMENT;
  } finally {
    release();
  }
}

async function waitForLock() {
  for (let told = false; ; told = true) {
    const lock = takeLock(join(stampFolder, 'ready.lock'));
    if (lock.taken) return lock.release;
    if (!told) process.stderr.write(`Waiting for process ${lock.holder.pid}, which is building\n`);
    await pause(LOCK_POLL_MS);
  }
}
