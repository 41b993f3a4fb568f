/**
 * Carries out one order, synchronously. Every error becomes a `failed` answer with its message: the
 * thread lives on, and the service decides what three of them mean.
 */
import { parseProgram, type Program } from '@lastref/kernel';
import { shrink } from '@lastref/shrinking';
import { SAMPLERS_PER_THREAD } from '../limits.js';
import { Lru } from '../lru.js';
import { Control } from './control.js';
import { exploreRange } from './explore-range.js';
import type { Answer, ExploreOrder, Order, ProgramBytes, ShrinkOrder } from './messages.js';

export class Executor {
  private readonly programs = new Lru<string, Program>(SAMPLERS_PER_THREAD);

  execute(order: Order): Answer {
    try {
      switch (order.kind) {
        case 'explore':
          return this.explore(order);
        case 'shrink':
          return this.shrink(order);
      }
    } catch (error) {
      this.programs.delete(order.program.digest);
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }

  private explore(order: ExploreOrder): Answer {
    const { strategy, seedFrom, count, cutOffs } = order;
    const program = this.program(order.program);
    const control = new Control(order.control);
    const result = exploreRange({ program, strategy, seedFrom, count, cutOffs }, control);
    return result === undefined ? { kind: 'cancelled' } : { kind: 'explored', result };
  }

  private shrink({ program, signature }: ShrinkOrder): Answer {
    const result = shrink(this.program(program), signature);
    if (!result.ok) return { kind: 'refused', message: result.message };
    const { grade, cost, schedule, traceDigest, certificate } = result.reproduction;
    const bug = { grade, cost, schedule, traceDigest, certificate: JSON.stringify(certificate) };
    return { kind: 'shrunk', bug };
  }

  private program({ digest, bytes }: ProgramBytes): Program {
    const known = this.programs.get(digest);
    if (known !== undefined) return known;
    const parsed = parseProgram(JSON.parse(bytes));
    if (!parsed.ok) {
      const [first] = parsed.errors;
      throw new Error(
        `program ${digest} does not load: ${first?.pointer ?? ''} ${first?.message ?? ''}`,
      );
    }
    this.programs.set(digest, parsed.program);
    return parsed.program;
  }
}
