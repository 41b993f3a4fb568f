// `schema-engine cli <subcommand>`: one-shot questions the CLI asks before it opens the JSON-RPC conversation.
// The answer is the exit code; on failure the CLI drops the first line of stderr and parses the next as the error.
import { createDatabase, explainConnectError, openClient } from './connection.mjs';

/** @type {Readonly<Record<string, (url: string) => Promise<unknown>>>} */
const handlers = {
  'can-connect-to-database': async (url) => (await openClient(url)).end(),
  'create-database': createDatabase,
};

/** @param {string} name @param {string} url @returns {Promise<0 | 1>} */
export async function runSubcommand(name, url) {
  const handler = handlers[name];
  if (!handler)
    return fail({ error_code: 'P1012', message: `${name} needs the native schema engine` });
  try {
    await handler(url);
    return 0;
  } catch (error) {
    return fail(explainConnectError(error, url));
  }
}

/** @param {object} fields @returns {1} */
function fail(fields) {
  /** @param {string} level @param {string} target @param {object} value */
  const line = (level, target, value) =>
    process.stderr.write(`${JSON.stringify({ level, target, fields: value })}\n`);
  line('INFO', 'schema_engine', { message: 'starting' });
  line('ERROR', 'schema_engine::logger', fields);
  return 1;
}
