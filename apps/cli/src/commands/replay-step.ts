/** `lastref replay --step`: one run gone through by hand, in both directions. */
import { Stepper } from '@lastref/exploration';
import type { Program, Trace } from '@lastref/kernel';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { refusal, type Outcome } from '../outcome.js';
import { placesOf } from '../programs/places-of.js';
import { converse } from '../step/converse.js';
import { StepSession } from '../step/step-session.js';

export async function stepThrough(
  program: Program,
  trace: Trace,
  io: Io,
  json: boolean,
): Promise<Outcome> {
  if (json)
    return refusal(
      EXIT.usage,
      '--step is a conversation and has no --json; states as data come from the service: POST /api/v1/replays/steps',
    );
  await converse(new StepSession(new Stepper(program, trace, placesOf(program))), io);
  return { kind: 'answer', exit: EXIT.ok, json: null, text: '' };
}
