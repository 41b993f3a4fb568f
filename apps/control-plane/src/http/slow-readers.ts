/**
 * Clients that ask and do not read. What was answered stands in this process until it is taken: so a connection that takes
 * nothing of it for `takingMs` is cut off (a stream of events as well), and while all of them together have left more than
 * `mostBytes`, nothing new is answered. Looks at the connections every now and then, which costs nothing while they read.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { NextFunction, Request, Response } from 'express';
import { Problem } from './problem.js';

export interface SlowReaderLimits {
  takingMs: number;
  mostBytes: number;
}

/** A client that takes nothing is noticed this part of its time late at most. */
const LOOKS = 4;

export class SlowReaders {
  private readonly connections = new Map<Socket, { taken: number; since: number }>();

  constructor(
    server: Server,
    private readonly limits: SlowReaderLimits,
  ) {
    server.on('connection', (socket: Socket) => {
      this.connections.set(socket, { taken: 0, since: performance.now() });
      socket.once('close', () => this.connections.delete(socket));
    });
    const timer = setInterval(() => {
      this.cutOff();
    }, limits.takingMs / LOOKS);
    timer.unref();
    server.once('close', () => {
      clearInterval(timer);
    });
  }

  /** Bytes that were answered and not taken. */
  untaken(): number {
    return [...this.connections.keys()].reduce((sum, socket) => sum + socket.writableLength, 0);
  }

  readonly guard = (_request: Request, _response: Response, next: NextFunction): void => {
    if (this.untaken() <= this.limits.mostBytes) {
      next();
      return;
    }
    next(
      new Problem('unavailable', 'too many answers are still to be read; try again in a moment', {
        headers: { 'retry-after': '2' },
      }),
    );
  };

  private cutOff(): void {
    const now = performance.now();
    for (const [socket, seen] of this.connections) {
      const taken = socket.bytesWritten - socket.writableLength;
      if (socket.writableLength === 0 || taken !== seen.taken) {
        seen.taken = taken;
        seen.since = now;
      } else if (now - seen.since >= this.limits.takingMs) {
        socket.destroy();
      }
    }
  }
}
