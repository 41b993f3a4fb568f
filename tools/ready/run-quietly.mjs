// Runs a command in the clone and shows what it printed only if it fails.
import { spawn } from 'node:child_process';
import { root } from './places.mjs';

/** @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env] @returns {Promise<void>} */
export function runQuietly(command, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) {
        resolve();
        return;
      }
      const text = Buffer.concat(output).toString('utf8').trimEnd();
      reject(new Error(`${text}\n${command} ${args.join(' ')} failed (${signal ?? code})`));
    });
  });
}
