/** An editor, as far as the protocol goes: asks a debug adapter that runs in this process, and keeps all that it says. */
import { PassThrough } from 'node:stream';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { lastref, type Ran } from '../in-process.fixture.js';

type Message = DebugProtocol.ProtocolMessage;
type Response = DebugProtocol.Response;

const isResponse = (message: Message): message is Response => message.type === 'response';
const isEvent = (message: Message): message is DebugProtocol.Event => message.type === 'event';

export class DapClient {
  readonly said: Message[] = [];
  readonly ended: Promise<Ran>;
  private readonly input = new PassThrough();
  private readonly waiting = new Map<number, (response: Response) => void>();
  private seq = 0;
  private rest = '';

  constructor() {
    this.ended = lastref(['dap'], {
      input: this.input,
      onOut: (text) => {
        this.read(text);
      },
    });
  }

  /** Says something, protocol or not. */
  raw(text: string): void {
    this.input.write(text);
  }

  message(json: unknown): void {
    const text = JSON.stringify(json);
    this.raw(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  ask(command: string, words?: unknown): Promise<Response> {
    const seq = ++this.seq;
    const answered = new Promise<Response>((resolve) => this.waiting.set(seq, resolve));
    this.message({ seq, type: 'request', command, arguments: words });
    return answered;
  }

  /** The body of an answer that has to be one. */
  async body(command: string, words?: unknown): Promise<Record<string, unknown>> {
    const response = await this.ask(command, words);
    if (!response.success) throw new Error(response.message);
    return response.body as Record<string, unknown>;
  }

  /** What a move came to: the last event that the run stopped. */
  async moved(command: string, words: unknown = { threadId: 1 }): Promise<Record<string, unknown>> {
    await this.body(command, words);
    // Events follow the answer that they belong to, so the answer to anything after it follows them.
    await this.ask('threads');
    const stops = this.said.filter(isEvent).filter(({ event }) => event === 'stopped');
    return stops[stops.length - 1]?.body as Record<string, unknown>;
  }

  async launch(words: unknown): Promise<void> {
    await this.body('initialize', { adapterID: 'spec' });
    await this.body('launch', words);
  }

  /** The variables of a scope, as `name: value`. */
  async scope(name: string, threadId = 1): Promise<Record<string, string>> {
    const { stackFrames } = await this.body('stackTrace', { threadId });
    const [frame] = stackFrames as { id: number }[];
    const { scopes } = await this.body('scopes', { frameId: frame?.id });
    const found = (scopes as { name: string; variablesReference: number }[]).find(
      (scope) => scope.name === name,
    );
    const { variables } = await this.body('variables', found);
    return Object.fromEntries(
      (variables as { name: string; value: string }[]).map((one) => [one.name, one.value]),
    );
  }

  close(): Promise<Ran> {
    this.input.end();
    return this.ended;
  }

  private read(text: string): void {
    this.rest += text;
    for (;;) {
      const [head = '', length] = /^Content-Length: (\d+)\r\n\r\n/.exec(this.rest) ?? [];
      const end = head.length + Number(length);
      if (length === undefined || this.rest.length < end) return;
      const message = JSON.parse(this.rest.slice(head.length, end)) as Message;
      this.rest = this.rest.slice(end);
      this.said.push(message);
      if (isResponse(message)) this.waiting.get(message.request_seq)?.(message);
    }
  }
}
