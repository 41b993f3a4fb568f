/** Tables of orders: finds the program that the request names and asks the engine. */
import type { Orders, OrdersRequest } from '@lastref/contracts';
import { Injectable } from '@nestjs/common';
import { EngineService } from '../engine/engine.service.js';
import { Problem } from '../http/problem.js';
import { ProgramResolver } from '../programs/program-resolver.js';

@Injectable()
export class OrdersService {
  constructor(
    private readonly resolver: ProgramResolver,
    private readonly engine: EngineService,
  ) {}

  async orders({ address, digest, milestones, maxStates }: OrdersRequest): Promise<Orders> {
    const program = await this.bytesOf(address, digest);
    const answer = await this.engine.ask({
      kind: 'orders',
      program,
      maxStates,
      ...(milestones === undefined ? {} : { milestones }),
    });
    switch (answer.kind) {
      case 'ordered':
        return shown(answer.result);
      case 'refused':
        throw new Problem('orders-refused', answer.message);
      case 'replayed':
      case 'stepped':
      case 'too-long':
      case 'too-large':
      case 'valid':
      case 'invalid':
        throw new Error(`the engine answered ${answer.kind} to a question for orders`);
    }
  }

  private async bytesOf(address?: string, digest?: string): Promise<string> {
    const resolved = await this.resolver.resolve(digest ?? address ?? '');
    if (resolved.ok) return resolved.program.bytes;
    const pointer = digest === undefined ? '/address' : '/digest';
    const error = { pointer, ...resolved.error };
    throw new Problem('unknown-program', `${pointer}: ${error.message}`, { errors: [error] });
  }
}

type Answered = Extract<Awaited<ReturnType<EngineService['ask']>>, { kind: 'ordered' }>;

function shown(result: Answered['result']): Orders {
  if (result.ok) {
    const { program, address, milestones, complete, states, transitions, orders, early } = result;
    return { program, address, milestones, proved: complete, states, transitions, orders, early };
  }
  const error = { pointer: '/milestones', message: result.message };
  throw new Problem('orders-refused', `/milestones: ${result.message}`, { errors: [error] });
}
