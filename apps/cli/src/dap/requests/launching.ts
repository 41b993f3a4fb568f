/** How a session begins and ends. Breakpoints are asked for when the program is known, so that each is verified at once. */
import { InitializedEvent } from '@vscode/debugadapter';
import { replay } from '@lastref/exploration';
import { z } from 'zod';
import { Debuggee } from '../debuggee.js';
import { launchOf } from '../launch-arguments.js';
import { plain, refuse, request, type DapRequest } from '../request.js';
import { stopped } from '../stopped.js';

/** What the adapter can do, as `initialize` answers. */
export const CAPABILITIES = {
  supportsConfigurationDoneRequest: true,
  supportsFunctionBreakpoints: true,
  supportsStepBack: true,
  supportsExceptionInfoRequest: true,
  supportsEvaluateForHovers: true,
  supportsRestartRequest: true,
  supportsLoadedSourcesRequest: true,
  supportsTerminateRequest: true,
} as const;

export const LAUNCHING: Readonly<Record<string, DapRequest>> = {
  launch: request(
    { from: 'initialized', until: 'launched' },
    z.unknown(),
    async (words, conversation) => {
      const launch = await launchOf(words, conversation.io);
      if (!launch.ok) return refuse(launch.refusal.message);
      const { run, stopOnEntry } = launch.value;
      const { program } = run.named;
      const replayed = replay(program, run.how);
      if (!replayed.ok) return refuse(replayed.message);
      conversation.launched(new Debuggee(program, replayed.trace), stopOnEntry);
      return { ok: true, events: [new InitializedEvent()] };
    },
  ),
  attach: plain({ from: 'new' }, () => refuse('there is nothing to attach to; a run is launched')),
  configurationDone: plain({ from: 'launched', until: 'stopped' }, (conversation) => {
    conversation.phase = 'stopped';
    const { debuggee, stopOnEntry } = conversation;
    if (!stopOnEntry) debuggee.move('continue', debuggee.task);
    return { ok: true, events: stopped(conversation, 'entry') };
  }),
  restart: plain({ from: 'stopped' }, (conversation) => {
    conversation.debuggee.goTo(0);
    return { ok: true, events: stopped(conversation, 'entry') };
  }),
  terminate: plain({ from: 'new' }, () => ({ ok: true, ends: true })),
  disconnect: plain({ from: 'new' }, () => ({ ok: true, ends: true })),
};
