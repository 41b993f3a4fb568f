// The one address a person sees. The port is fixed, so that a bookmark stays true, and a port taken by another
// program is an error with a way out rather than a surprise elsewhere.
import { isPortFree } from '../servers/ports.mjs';

/** @typedef {{ host: string, port: number, url: string }} Address */

const DEFAULT_PORT = 4747;
const PORT_MAX = 65_535;

/** @returns {Address} */
export function apiAddress(env = process.env) {
  const port = Number(env['LASTREF_PORT'] || DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > PORT_MAX) {
    throw new Error(
      `LASTREF_PORT is ${env['LASTREF_PORT']}; it must be a whole number from 1 to ${PORT_MAX}.`,
    );
  }
  const host = env['LASTREF_HOST'] || '127.0.0.1';
  // All addresses of the machine are no address to ask: it is asked by way of loopback.
  const asked = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return { host, port, url: `http://${asked.includes(':') ? `[${asked}]` : asked}:${port}` };
}

/** @param {Address} address */
export async function requireFreePort({ port }) {
  if (await isPortFree(port)) return;
  throw new Error(
    `Port ${port} is taken by another program. Stop that, or set LASTREF_PORT to another.`,
  );
}
