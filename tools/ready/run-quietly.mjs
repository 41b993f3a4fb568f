// Runs a command in the clone; only if it fails, the end of what it printed becomes the error.
import { spawn } from 'node:child_process';
import { root } from './places.mjs';

const LINES_SHOWN_MAX = 40;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<void>}
 */
export function runQuietly(command, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => output.push(chunk));
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) {
        resolve();
        return;
      }
      const lines = Buffer.concat(output).toString('utf8').trimEnd().split('\n');
      const text = lines.slice(-LINES_SHOWN_MAX).join('\n');
      reject(new Error(`${text}\n${command} ${args.join(' ')} failed (${signal ?? code})`));
    });
  });
}
