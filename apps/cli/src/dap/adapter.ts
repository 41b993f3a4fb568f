/**
 * The debug adapter: requests of an editor, answered one after the other in the order in which they came. Each needs the session
 * to have come so far; one that comes too early or too late, names what is not there or has wrong arguments is answered with one
 * line that says so, and changes nothing. Framing and events are the library's.
 */
import { DebugSession, Response } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { FindIo } from '../programs/find-program.js';
import { Conversation, PHASES, type Phase } from './conversation.js';
import { refuse, type Answer, type DapRequest } from './request.js';
import { BREAKING } from './requests/breaking.js';
import { CAPABILITIES, LAUNCHING } from './requests/launching.js';
import { LOOKING } from './requests/looking.js';
import { MOVING } from './requests/moving.js';

/** By the name of a request; `initialize` is the library's. */
const REQUESTS: ReadonlyMap<string, DapRequest> = new Map(
  Object.entries({ ...LAUNCHING, ...BREAKING, ...MOVING, ...LOOKING }),
);

/** What brings a session to each phase. */
const BROUGHT_BY: Readonly<Record<Phase, string>> = {
  new: 'nothing',
  initialized: 'initialize',
  launched: 'launch',
  stopped: 'configurationDone',
};

export class Adapter extends DebugSession {
  private readonly conversation: Conversation;
  private pending: Promise<void> = Promise.resolve();
  private problem: string | undefined;

  /**
   * @param io what asking a service for a program takes
   * @param over told when the session is, and what was wrong with what the client said, if something was
   * @param heard told of each message that was understood
   */
  constructor(
    io: FindIo,
    private readonly over: (problem?: string) => void,
    private readonly heard: () => void,
  ) {
    super();
    this.setDebuggerLinesStartAt1(true);
    this.setDebuggerColumnsStartAt1(true);
    const counting = {
      line: (line: number) => this.convertDebuggerLineToClient(line),
      column: (column: number) => this.convertDebuggerColumnToClient(column),
      lineOfClient: (line: number) => this.convertClientLineToDebugger(line),
    };
    this.conversation = new Conversation(counting, io);
    this.on('error', ({ body }: { body?: unknown }) => {
      this.problem ??= `not the debug adapter protocol: ${String(body)}`;
    });
  }

  /** At the end of the input, or of what can be understood of it. The library would end the process. */
  override shutdown(): void {
    void this.pending.then(() => {
      this.over(this.problem);
    });
  }

  protected override dispatchRequest(request: DebugProtocol.Request): void {
    this.heard();
    this.pending = this.pending.then(() => this.serve(request));
  }

  protected override initializeRequest(response: DebugProtocol.InitializeResponse): void {
    response.body = CAPABILITIES;
    this.conversation.phase = 'initialized';
    this.sendResponse(response);
  }

  private async serve(request: DebugProtocol.Request): Promise<void> {
    if (request.command === 'initialize' && this.conversation.phase === 'new') {
      const words = isRecord(request.arguments) ? request.arguments : {};
      super.dispatchRequest({ ...request, arguments: { pathFormat: 'path', ...words } });
      return;
    }
    const response: DebugProtocol.Response = new Response(request);
    const answer = await this.answerTo(request).catch(mistake);
    if (!answer.ok) {
      const format = `${request.command}: ${answer.message}`;
      this.sendErrorResponse(response, { id: 1, format, variables: {}, showUser: true });
      return;
    }
    response.body = answer.body;
    this.sendResponse(response);
    for (const event of answer.events ?? []) this.sendEvent(event);
    if (answer.ends === true) this.over();
  }

  private async answerTo({ command, arguments: words }: DebugProtocol.Request): Promise<Answer> {
    const { conversation } = this;
    const known = REQUESTS.get(command);
    if (command === 'initialize') return refuse('has been answered already');
    if (known === undefined) return refuse('this adapter has no such request');
    if (!conversation.hasCome(known.from)) {
      const missing = PHASES[PHASES.indexOf(conversation.phase) + 1] ?? known.from;
      return refuse(`${BROUGHT_BY[missing]} has to come first`);
    }
    if (known.until !== undefined && conversation.hasCome(known.until))
      return refuse('has been answered already');
    return known.answer(words, conversation);
  }
}

const mistake = (error: unknown): Answer =>
  refuse(`a mistake of the adapter, please report it: ${String(error)}`);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
