/** What a thread is asked for an operation. */
import type { Work } from '@lastref/contracts';
import type { ProgramBytes, SearchOrder } from '../threads/messages.js';

export interface Means {
  program: ProgramBytes;
  maxBytes: number;
  control: SharedArrayBuffer;
}

export function orderOf(work: Work, { program, maxBytes, control }: Means): SearchOrder {
  switch (work.kind) {
    case 'prove': {
      const { maxStates, symmetry, reduce } = work;
      return { kind: 'prove', program, maxStates, maxBytes, symmetry, reduce, control };
    }
    case 'orders': {
      const { maxStates, milestones } = work;
      return { kind: 'orders', program, maxStates, maxBytes, milestones, control };
    }
    case 'shrink': {
      const { signature, schedule: start = null, maxNodes } = work;
      return { kind: 'shrink-run', program, signature, start, maxNodes, control };
    }
  }
}
