// The schema engine's conversation: one JSON-RPC message a line, in both directions. Calls run strictly one after
// another, as in the native engine. `print` is a call from the engine to the CLI and waits for its answer.
import { createInterface } from 'node:readline';

const RPC_ERROR = 4466;
const FIRST_PRINT_ID = 1_000_000;

export async function serveRpc(input, output, callEngine) {
  const unanswered = new Map();
  let printId = FIRST_PRINT_ID;
  const send = (message) => output.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const print = (content) =>
    new Promise((answered) => {
      printId += 1;
      unanswered.set(printId, answered);
      send({ id: printId, method: 'print', params: { content } });
    });

  const handle = async ({ id, method, params }) => {
    try {
      send({ id, result: await callEngine(method, params, print) });
    } catch (error) {
      send({ id, error: asRpcError(error) });
    }
  };

  let last = Promise.resolve();
  const lines = createInterface({ input, crlfDelay: Infinity });
  lines.on('line', (line) => {
    const message = JSON.parse(line);
    if (message.method) {
      last = last.then(() => handle(message));
      return;
    }
    unanswered.get(message.id)?.();
    unanswered.delete(message.id);
  });
  await new Promise((closed) => lines.on('close', closed));
  await last;
}

function asRpcError(error) {
  if (process.env.SCHEMA_ENGINE_DEBUG) console.error(error);
  return {
    code: RPC_ERROR,
    message: 'An error happened. Check the data field for details.',
    data: {
      is_panic: error?.name === 'RuntimeError',
      message: error?.message ?? String(error),
      error_code: error?.code ?? null,
      meta: null,
    },
  };
}
