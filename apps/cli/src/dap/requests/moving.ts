/** Going on and going back. The answer comes first, then the event that says where the run stopped. */
import { z } from 'zod';
import { MOVES, type Move } from '../debuggee.js';
import { refuse, request, withTask, type DapRequest } from '../request.js';
import { stopped } from '../stopped.js';

const threadSchema = z.object({ threadId: z.int() });

const move = (name: Move): DapRequest =>
  request({ from: 'stopped' }, threadSchema, ({ threadId }, conversation) =>
    withTask(conversation, threadId, (task) => {
      conversation.debuggee.move(name, task);
      const isFree = name === 'continue' || name === 'reverseContinue';
      const body = isFree ? { allThreadsContinued: true } : {};
      return { ok: true, body, events: stopped(conversation, 'step') };
    }),
  );

export const MOVING: Readonly<Record<string, DapRequest>> = {
  ...Object.fromEntries(MOVES.map((name) => [name, move(name)])),
  pause: request({ from: 'stopped' }, threadSchema, () => refuse('nothing runs by itself')),
};
