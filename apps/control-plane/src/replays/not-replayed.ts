/** Why the engine did not tell a run, as a problem that says what to do instead. */
import { formatToken, MAX_ANSWER_BYTES, MAX_REPLAY_STEPS, type RunName } from '@lastref/contracts';
import type { EngineAnswer } from '../engine/engine-jobs.js';
import { Problem } from '../http/problem.js';

export function notReplayed(answer: EngineAnswer, run: RunName): Problem {
  const instead = `use the command line: replay ${formatToken(run)}`;
  switch (answer.kind) {
    case 'too-long':
      return new Problem(
        'replay-too-long',
        `the run has ${answer.steps} steps; at most ${MAX_REPLAY_STEPS} are replayed here, ${instead}`,
      );
    case 'too-large':
      return new Problem(
        'replay-too-long',
        `the run is told in ${answer.bytes} bytes; at most ${MAX_ANSWER_BYTES} are answered here, ${instead}`,
      );
    case 'refused':
      return new Problem('replay-refused', answer.message);
    case 'valid':
    case 'invalid':
    case 'ordered':
    case 'replayed':
    case 'stepped':
    case 'exported':
      throw new Error(`the engine answered ${answer.kind} to a question about a run`);
  }
}
