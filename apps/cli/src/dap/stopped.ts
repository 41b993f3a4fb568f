/** Tells the client where the run has come to: an event for the task that goes on there, and, once, the report of a failure. */
import { OutputEvent, StoppedEvent, type Event } from '@vscode/debugadapter';
import { renderReport } from '@lastref/reporting';
import type { Conversation } from './conversation.js';
import { threadOf } from './request.js';

/** @param reason why it stops, where it is neither at a breakpoint nor at the end */
export function stopped(conversation: Conversation, reason: 'entry' | 'step' | 'goto'): Event[] {
  const { debuggee } = conversation;
  conversation.forget();
  const event = new StoppedEvent(whyOf(conversation, reason), threadOf(debuggee.task));
  const { verdict } = debuggee.trace;
  const words = debuggee.hasFailed
    ? { description: 'the run fails', text: verdict.outcome === 'failed' ? verdict.signature : '' }
    : debuggee.isAtEnd
      ? { description: `the run ends: ${verdict.outcome}` }
      : {};
  Object.assign(event.body, { allThreadsStopped: true, ...words });
  return [...reported(conversation), event];
}

function whyOf({ debuggee }: Conversation, reason: string): string {
  if (debuggee.hasFailed) return 'exception';
  if (debuggee.isAtEnd) return 'pause';
  if (debuggee.state.n === 0) return 'entry';
  return debuggee.taskAtStop === undefined ? reason : 'breakpoint';
}

function reported(conversation: Conversation): Event[] {
  const { debuggee } = conversation;
  if (!debuggee.hasFailed || conversation.hasReported) return [];
  conversation.hasReported = true;
  return [new OutputEvent(renderReport(debuggee.trace), 'console')];
}
