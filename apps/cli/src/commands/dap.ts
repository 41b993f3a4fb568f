/** `lastref dap`: the debug adapter that editors start, or connect to. Nothing but the protocol goes to standard output. */
import { serveStreams, servePort, writableOf } from '../dap/serve.js';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { refusal, type Outcome } from '../outcome.js';

const DONE: Outcome = { kind: 'answer', exit: EXIT.ok, json: null, text: '' };

export async function dap({ port }: { readonly port?: number }, io: Io): Promise<Outcome> {
  if (port === undefined) {
    const problem = await serveStreams(io.input(), writableOf(io.out), io);
    return problem === undefined ? DONE : refusal(EXIT.usage, problem);
  }
  const listening = (actual: number): void => {
    io.note(`listening on 127.0.0.1:${actual}`);
  };
  const problem = await servePort(port, io, listening, (text) => {
    io.note(text);
  });
  return problem === undefined ? DONE : refusal(EXIT.environment, problem);
}
