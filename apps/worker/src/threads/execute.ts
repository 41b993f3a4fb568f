/**
 * Carries out one order, synchronously. Every error becomes a `failed` answer with its message: the
 * thread lives on, and the service decides what three of them mean. Samplers are kept for their tables, those
 * used last; one that threw is not used again.
 */
import { Sampler } from '@lastref/exploration';
import { parseProgram, type Program } from '@lastref/kernel';
import { shrink } from '@lastref/shrinking';
import { KEPT_FAILURES } from '@lastref/storage';
import { SAMPLERS_PER_THREAD, SHRINK_NODES } from '../limits.js';
import { Lru } from '../lru.js';
import { Control } from './control.js';
import { exploreRange } from './explore-range.js';
import type { Answer, ExploreOrder, Order, ProgramBytes, ShrinkOrder } from './messages.js';
import { search } from './search.js';
import { shrunk } from './shrunk.js';

export class Executor {
  private readonly programs = new Lru<string, Program>(SAMPLERS_PER_THREAD);
  private readonly samplers = new Lru<string, Sampler>(SAMPLERS_PER_THREAD);

  execute(order: Order): Answer {
    try {
      switch (order.kind) {
        case 'explore':
          return this.explore(order);
        case 'shrink':
          return this.shrink(order);
        case 'prove':
        case 'orders':
        case 'shrink-run':
          return search(this.program(order.program), order);
      }
    } catch (error) {
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }

  private explore(order: ExploreOrder): Answer {
    const key = `${order.program.digest} ${order.strategy}`;
    const sampler = this.samplers.get(key) ?? this.sampler(order);
    this.samplers.delete(key);
    const result = exploreRange(sampler, order, new Control(order.control));
    this.samplers.set(key, sampler);
    return result === undefined ? { kind: 'cancelled' } : { kind: 'explored', result };
  }

  private sampler({ program, strategy }: ExploreOrder): Sampler {
    return new Sampler(this.program(program), strategy, { keep: KEPT_FAILURES });
  }

  private shrink({ program, signature, start }: ShrinkOrder): Answer {
    return shrunk(
      shrink(this.program(program), signature, {
        start: start === null ? undefined : { schedule: start },
        maxNodes: SHRINK_NODES,
      }),
    );
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
