// The schema engine's conversation: one JSON-RPC message a line, in both directions. Calls run strictly one after
// another, as in the native engine. `print` is a call from the engine to the CLI and waits for its answer.
import { createInterface } from 'node:readline';
import { codeOf, messageOf } from '../errors.mjs';
import { parseJson } from '../json.mjs';

const RPC_ERROR = 4466;
const FIRST_PRINT_ID = 1_000_000;

/** @typedef {(method: string, params: unknown, print: (text: string) => Promise<void>) => Promise<unknown>} CallEngine */
/** @typedef {{ id: number, method: string, params: unknown }} Call */

/** @param {NodeJS.ReadableStream} input @param {NodeJS.WritableStream} output @param {CallEngine} callEngine */
export async function serveRpc(input, output, callEngine) {
  /** @type {Map<number, () => void>} */
  const unanswered = new Map();
  let printId = FIRST_PRINT_ID;
  /** @param {object} message */
  const send = (message) => output.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  /** @param {string} content @returns {Promise<void>} */
  const print = (content) =>
    new Promise((answered) => {
      printId += 1;
      unanswered.set(printId, answered);
      send({ id: printId, method: 'print', params: { content } });
    });

  /** @param {Call} call */
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
    const message = /** @type {Call} */ (parseJson(line));
    if (message.method) {
      last = last.then(() => handle(message));
      return;
    }
    unanswered.get(message.id)?.();
    unanswered.delete(message.id);
  });
  await new Promise((closed) =>
    lines.on('close', () => {
      closed(undefined);
    }),
  );
  await last;
}

/** @param {unknown} error */
function asRpcError(error) {
  if (process.env['SCHEMA_ENGINE_DEBUG']) console.error(error);
  return {
    code: RPC_ERROR,
    message: 'An error happened. Check the data field for details.',
    data: {
      is_panic: error instanceof Error && error.name === 'RuntimeError',
      message: messageOf(error),
      error_code: codeOf(error) ?? null,
      meta: null,
    },
  };
}
