// A file that the export wrote, read line by line: what it is of, then its rows as the text they were written as, so that whole
// numbers keep all their digits.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { codeOf, messageOf } from '../errors.mjs';
import { parseJson } from '../json.mjs';

export const EXPORT_FORMAT = 1;

/** @typedef {{ table: string, row: string }} ExportedRow */
/**
 * @typedef {{
 *   migrations: string[],
 *   tables: string[],
 *   rows: AsyncIterable<ExportedRow>,
 *   close: () => void,
 * }} ExportFile
 */

/** @param {string} path @returns {Promise<ExportFile>} */
export async function readExport(path) {
  const input = createReadStream(path);
  const text = input.pipe(createGunzip());
  /** An error of either stream, for the reader of lines, which would not see it. @type {Error | undefined} */
  let broken;
  const lines = createInterface({ input: text, crlfDelay: Infinity });
  for (const stream of [input, text]) {
    stream.on('error', (/** @type {Error} */ error) => {
      broken ??= error;
      lines.close();
    });
  }
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next().catch(() => undefined);
  const readable = first !== undefined && first.done !== true && broken === undefined;
  const head = readable ? headOf(first.value) : undefined;
  if (head === undefined) {
    input.destroy();
    throw new Error(`${path} is no file that data:export has written.`);
  }
  return {
    ...head,
    rows: rowsOf(iterator, () => broken),
    close: () => {
      lines.close();
      input.destroy();
    },
  };
}

/** @param {string} line @returns {{ migrations: string[], tables: string[] } | undefined} */
function headOf(line) {
  try {
    const head = /** @type {{ lastrefExport?: number, migrations: string[], tables: string[] }} */ (
      parseJson(line)
    );
    if (head.lastrefExport === undefined) return undefined;
    if (head.lastrefExport !== EXPORT_FORMAT) {
      throw new Error(
        `The file has format ${head.lastrefExport}; this version reads ${EXPORT_FORMAT}. Update the clone: git pull.`,
      );
    }
    return { migrations: head.migrations, tables: head.tables };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** @param {AsyncIterator<string>} lines @param {() => Error | undefined} broken */
async function* rowsOf(lines, broken) {
  for (;;) {
    const next = await lines.next().catch((/** @type {unknown} */ error) => {
      throw damaged(error);
    });
    const error = broken();
    if (error !== undefined) throw damaged(error);
    if (next.done === true) return;
    yield rowOf(next.value);
  }
}

/** @param {unknown} error */
function damaged(error) {
  const known = ['Z_BUF_ERROR', 'Z_DATA_ERROR'].includes(codeOf(error) ?? '');
  const what = known ? 'it is damaged or breaks off before its end' : messageOf(error);
  return new Error(`The file cannot be read, and nothing was imported: ${what}.`, { cause: error });
}

/** @param {string} line @returns {ExportedRow} */
function rowOf(line) {
  const [, table, row] = /^\{"table":"([A-Za-z0-9_]+)","row":(.*)\}$/s.exec(line) ?? [];
  if (table === undefined || row === undefined) {
    throw new Error(`The file has a line that is no row: ${line.slice(0, 80)}`);
  }
  return { table, row };
}
