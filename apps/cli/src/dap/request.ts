/** What the adapter has to know of a request: how far the session must have come, its arguments, and its answer. */
import type { Event } from '@vscode/debugadapter';
import { z } from 'zod';
import type { Conversation, Phase } from './conversation.js';

export type Answer =
  | {
      readonly ok: true;
      readonly body?: object;
      readonly events?: readonly Event[];
      readonly ends?: true;
    }
  | { readonly ok: false; readonly message: string };

export interface DapRequest {
  readonly from: Phase;
  /** It is too late from this phase on. */
  readonly until?: Phase;
  readonly answer: (words: unknown, conversation: Conversation) => Answer | Promise<Answer>;
}

export const refuse = (message: string): Answer => ({ ok: false, message });

/** A request whose arguments are checked before it is answered. */
export const request = <T>(
  phases: Pick<DapRequest, 'from' | 'until'>,
  schema: z.ZodType<T>,
  answer: (words: T, conversation: Conversation) => Answer | Promise<Answer>,
): DapRequest => ({
  ...phases,
  answer: (words, conversation) => {
    const parsed = schema.safeParse(words ?? {});
    return parsed.success ? answer(parsed.data, conversation) : refuse(firstIssue(parsed.error));
  },
});

/** A request that needs no arguments. */
export const plain = (
  phases: Pick<DapRequest, 'from' | 'until'>,
  answer: (conversation: Conversation) => Answer,
): DapRequest => ({ ...phases, answer: (_, conversation) => answer(conversation) });

/** Threads are tasks, numbered from 1 as clients expect. */
export const threadOf = (task: number): number => task + 1;

/** Answers with the task of a thread, or refuses. */
export function withTask(
  { debuggee }: Conversation,
  thread: number,
  answer: (task: number) => Answer,
): Answer {
  const { length } = debuggee.trace.tasks;
  return thread >= 1 && thread <= length
    ? answer(thread - 1)
    : refuse(`no thread ${thread}; there are 1 to ${length}`);
}

const firstIssue = ({ issues: [issue] }: z.ZodError): string =>
  `${(issue?.path ?? []).map(String).join('.') || 'arguments'}: ${issue?.message ?? ''}`;
