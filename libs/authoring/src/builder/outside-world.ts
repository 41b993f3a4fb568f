/**
 * What the model leaves to the world outside: a user, a network peer, hardware. Waiting for it may take for ever and that is
 * no fault of the code under test: a task that waits here is parked, never hung. It is not wait_event(): a wait that somebody
 * of the model has to end waits for a completion, a lock or a queue, whose failure to come is a hung task.
 */
import type { IntField } from '../language/struct.js';
import type { Place } from '../language/values.js';
import { Lists } from './lists.js';

export class OutsideWorld extends Lists {
  /** Passes when the flag is set, and may wait for ever without being hung. */
  wait_for_outside_world(flag: Place<IntField>): void {
    this.body.emit('wait_external', this.place(flag));
  }

  /** Refused: the name was taken for wait_event(). */
  get wait_external(): never {
    throw this.body.error(
      'wait_external is now wait_for_outside_world, and never hangs; to wait for a task of the model use wait_for_completion',
    );
  }
}
