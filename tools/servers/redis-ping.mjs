// Asks a Redis whether it is ours and ready: one AUTH and one PING over a bare socket, so that the start needs no
// client library. While the append-only file is being read it answers LOADING, which is "not yet".
import { connect } from 'node:net';
import { LOOPBACK } from './ports.mjs';

const ANSWER_TIMEOUT_MS = 2000;

/** @param {number} port @param {string} password @returns {Promise<boolean>} */
export function ping(port, password) {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, LOOPBACK);
    /** @param {boolean} ready */
    const finish = (ready) => {
      socket.destroy();
      resolve(ready);
    };
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => {
      finish(false);
    });
    socket.on('error', () => {
      finish(false);
    });
    socket.on('end', () => {
      finish(false);
    });
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.includes('+PONG')) finish(true);
      else if (answer.includes('-')) finish(false);
    });
  });
}
