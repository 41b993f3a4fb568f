/**
 * Runs sessions of the debug adapter: one on standard input and output, or one per connection to a port of this machine. Answers
 * with what was wrong with what a client said, if something was.
 */
import { createServer } from 'node:net';
import { Transform, Writable, type Readable } from 'node:stream';
import type { FindIo } from '../programs/find-program.js';
import { Adapter } from './adapter.js';

/** Bytes of one message; what clients send takes far less. */
const MESSAGE_BYTES = 4 * 1024 * 1024;

export function serveStreams(
  input: Readable | NodeJS.ReadableStream,
  output: Writable,
  io: FindIo,
): Promise<string | undefined> {
  const { signal } = io;
  return new Promise((resolve) => {
    const bounded = new BoundedInput();
    const end = (problem?: string): void => {
      signal.removeEventListener('abort', onAbort);
      input.unpipe(bounded);
      input.pause();
      resolve(problem);
    };
    const onAbort = (): void => {
      end();
    };
    const adapter = new Adapter(io, end, () => {
      bounded.restart();
    });
    signal.addEventListener('abort', onAbort, { once: true });
    adapter.start(input.pipe(bounded), output);
  });
}

/** A writable of what takes text. */
export const writableOf = (out: (text: string) => void): Writable =>
  new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      out(String(chunk));
      done();
    },
  });

/** Serves until it is aborted. @param listening told the port */
export function servePort(
  port: number,
  io: FindIo,
  listening: (port: number) => void,
  problem: (text: string) => void,
): Promise<string | undefined> {
  const { signal } = io;
  return new Promise((resolve) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      void serveStreams(socket, socket, io).then((what) => {
        if (what !== undefined) problem(what);
        socket.end();
      });
    });
    server.on('error', (error) => {
      resolve(`cannot listen on port ${port}: ${error.message}`);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      listening(address !== null && typeof address === 'object' ? address.port : port);
    });
    signal.addEventListener('abort', () => {
      server.close(() => {
        resolve(undefined);
      });
    });
  });
}

/** Passes on what comes, and fails where one message is longer than any is. */
class BoundedInput extends Transform {
  private bytes = 0;

  restart(): void {
    this.bytes = 0;
  }

  override _transform(
    chunk: Buffer,
    _: string,
    done: (error: Error | null, data?: Buffer) => void,
  ): void {
    this.bytes += chunk.length;
    if (this.bytes > MESSAGE_BYTES)
      done(new Error(`a message has more than ${MESSAGE_BYTES} bytes`));
    else done(null, chunk);
  }
}
