// Servers that the caller gives by DATABASE_URL or REDIS_URL: looked at before anything is started on them, so that a
// wrong address is one line now and not a minute of waiting. Passwords never appear in the line.
import { connect } from 'node:net';

const CONNECT_TIMEOUT_MS = 5000;
const DEFAULT_PORTS = { DATABASE_URL: 5432, REDIS_URL: 6379 };

/**
 * @param {'DATABASE_URL' | 'REDIS_URL'} name
 * @returns {Promise<string | undefined>} undefined when it is not set
 */
export async function givenServer(name) {
  const text = process.env[name];
  if (!text) return undefined;
  if (!URL.canParse(text))
    throw new Error(`${name} is not a URL. Correct it, or unset it to use our own.`);
  const { hostname, port } = new URL(text);
  const target = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || DEFAULT_PORTS[name]),
  };
  if (await accepts(target)) return text;
  throw new Error(
    `${name}: nothing answers at ${target.host}:${target.port}. Start that server, or unset ${name} to use our own.`,
  );
}

/** @param {{ host: string, port: number }} target @returns {Promise<boolean>} */
function accepts({ host, port }) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_TIMEOUT_MS });
    const finish = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}
