/**
 * The inside of a process that measures one build: told its folder, then a task per message, each answered with one round. Tasks
 * stay prepared, so that rounds after the first find code compiled and tables filled.
 */
import { loadBuild, prepared, type EngineRound } from './engine-build.js';
import type { EngineTask } from './tasks.js';

export type BuildReply =
  | { readonly ok: true; readonly round: EngineRound }
  | { readonly ok: false; readonly message: string };

const build = loadBuild(process.argv[2] ?? '');
const known = new Map<string, () => EngineRound>();

async function answer(task: EngineTask): Promise<BuildReply> {
  const key = JSON.stringify(task);
  try {
    const run = known.get(key) ?? prepared(await build, task);
    known.set(key, run);
    return { ok: true, round: run() };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', (task: EngineTask) => {
  void answer(task).then((reply) => process.send?.(reply));
});
