/** What an editor asks of the state at which the run stands. */
import { Source } from '@vscode/debugadapter';
import { renderReport } from '@lastref/reporting';
import { z } from 'zod';
import type { Conversation } from '../conversation.js';
import {
  refuse,
  plain,
  request,
  threadOf,
  withTask,
  type Answer,
  type DapRequest,
} from '../request.js';
import { stackOf } from '../stack.js';
import { stopped } from '../stopped.js';
import { lookUp, scopesOf, type VariableNode } from '../variables.js';

const stackSchema = z.object({
  threadId: z.int(),
  startFrame: z.int().min(0).default(0),
  levels: z.int().min(0).default(0),
});
const frameSchema = z.object({ frameId: z.int() });
const variablesSchema = z.object({ variablesReference: z.int() });
const evaluateSchema = z.object({
  expression: z.string(),
  frameId: z.int().optional(),
  context: z.string().optional(),
});
const sourceSchema = z.object({
  sourceReference: z.int().optional(),
  source: z.object({ sourceReference: z.int().optional() }).optional(),
});

export const LOOKING: Readonly<Record<string, DapRequest>> = {
  threads: plain({ from: 'launched' }, ({ debuggee, phase }) => {
    const { tasks } = debuggee.state;
    const threads = tasks.map(({ task, name, condition }) => ({
      id: threadOf(task),
      name: phase === 'stopped' && condition !== 'next' ? `${name} (${condition})` : name,
    }));
    return { ok: true, body: { threads } };
  }),
  stackTrace: request({ from: 'stopped' }, stackSchema, (words, conversation) =>
    withTask(conversation, words.threadId, (task) => {
      const { startFrame, levels } = words;
      const all = stackOf(conversation.debuggee, task);
      const end = levels === 0 ? all.length : startFrame + levels;
      const stackFrames = all.slice(startFrame, end).map((frame) => ({
        ...frame,
        id: conversation.frames.of({ task }),
        line: frame.source === undefined ? 0 : conversation.counting.line(frame.line),
        column: frame.source === undefined ? 0 : conversation.counting.column(frame.column),
      }));
      return { ok: true, body: { stackFrames, totalFrames: all.length } };
    }),
  ),
  scopes: request({ from: 'stopped' }, frameSchema, ({ frameId }, conversation) =>
    withFrame(conversation, frameId, (task) => {
      const scopes = scopesOf(conversation.debuggee, task).map(({ name, children = [] }) => ({
        name,
        variablesReference: conversation.variables.of(children),
        namedVariables: children.length,
        expensive: false,
      }));
      return { ok: true, body: { scopes } };
    }),
  ),
  variables: request({ from: 'stopped' }, variablesSchema, (words, conversation) => {
    const nodes = conversation.variables.find(words.variablesReference);
    if (nodes === undefined)
      return refuse(`no variables ${words.variablesReference} in this state; ask for scopes again`);
    return { ok: true, body: { variables: nodes.map((node) => shown(node, conversation)) } };
  }),
  evaluate: request({ from: 'stopped' }, evaluateSchema, (words, conversation) => {
    const { debuggee } = conversation;
    const jump = words.context === 'repl' ? /^goto (\d{1,9})$/.exec(words.expression) : null;
    if (jump !== null) {
      debuggee.goTo(Number(jump[1]));
      const result = `step ${debuggee.state.n} of ${debuggee.last}`;
      return {
        ok: true,
        body: { result, variablesReference: 0 },
        events: stopped(conversation, 'goto'),
      };
    }
    const frame =
      words.frameId === undefined
        ? { task: debuggee.task }
        : conversation.frames.find(words.frameId);
    if (frame === undefined) return noFrame(words.frameId ?? 0);
    const node = lookUp(debuggee, frame.task, words.expression.trim());
    if (node === undefined)
      return refuse(`nothing is called '${words.expression}' here; goto <step> moves`);
    const { value, variablesReference } = shown(node, conversation);
    return { ok: true, body: { result: value, variablesReference } };
  }),
  source: request({ from: 'launched' }, sourceSchema, (words, { debuggee }) => {
    const reference = words.source?.sourceReference ?? words.sourceReference ?? 0;
    const listing = debuggee.listings.byReference(reference);
    if (listing === undefined) return refuse(`no source ${reference}`);
    return { ok: true, body: { content: listing.text, mimeType: 'text/x-c' } };
  }),
  loadedSources: plain({ from: 'launched' }, ({ debuggee }) => {
    const { name, reference } = debuggee.listings.ofFrame(-1);
    const files = (debuggee.lines?.files ?? []).map((path) => new Source(baseName(path), path));
    return { ok: true, body: { sources: [...files, { name, sourceReference: reference }] } };
  }),
  exceptionInfo: request(
    { from: 'stopped' },
    z.object({ threadId: z.int() }),
    ({ threadId }, conversation) =>
      withTask(conversation, threadId, () => {
        const { trace, hasFailed } = conversation.debuggee;
        const { verdict } = trace;
        if (!hasFailed || verdict.outcome !== 'failed')
          return refuse('the run has not failed here');
        const details = { typeName: verdict.kind, message: verdict.signature };
        const description = renderReport(trace);
        return {
          ok: true,
          body: { exceptionId: verdict.kind, description, breakMode: 'always', details },
        };
      }),
  ),
};

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const noFrame = (id: number): Answer =>
  refuse(`no frame ${id} in this state; ask for the stack again`);

function withFrame(
  conversation: Conversation,
  id: number,
  answer: (task: number) => Answer,
): Answer {
  const frame = conversation.frames.find(id);
  return frame === undefined ? noFrame(id) : answer(frame.task);
}

const shown = (
  { name, value, children = [] }: VariableNode,
  { variables }: Conversation,
): { name: string; value: string; variablesReference: number } => ({
  name,
  value,
  variablesReference: children.length === 0 ? 0 : variables.of(children),
});
