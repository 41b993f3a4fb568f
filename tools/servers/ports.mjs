// Ports on the loopback address. A port found free may be taken a moment later; callers that keep one across restarts
// check it again with `isPortFree` before they use it.
import { createServer } from 'node:net';

export const LOOPBACK = '127.0.0.1';

/** @param {number} port 0 asks the system for any free one @returns {Promise<number | undefined>} */
function tryListen(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      const chosen = address !== null && typeof address === 'object' ? address.port : undefined;
      server.close(() => {
        resolve(chosen);
      });
    });
  });
}

/** @returns {Promise<number>} */
export async function freePort() {
  const port = await tryListen(0);
  if (port === undefined)
    throw new Error(`No free port on ${LOOPBACK}: is the loopback interface up?`);
  return port;
}

/** @param {number} port @returns {Promise<boolean>} */
export async function isPortFree(port) {
  return (await tryListen(port)) !== undefined;
}
