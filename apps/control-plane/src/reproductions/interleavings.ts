/**
 * The report and the interleaving of a reproduction as text, drawn by replaying its schedule. Neither
 * ever changes, so the last ones drawn are kept.
 */
import type { Reproduction } from '@lastref/contracts';
import { Injectable } from '@nestjs/common';
import { ReplaysService } from '../replays/replays.service.js';

export interface Drawing {
  report: string;
  interleaving: string;
}

const KEPT = 256;

@Injectable()
export class Interleavings {
  private readonly drawn = new Map<number, Drawing>();

  constructor(private readonly replays: ReplaysService) {}

  async draw({ id, program, schedule, signature }: Reproduction): Promise<Drawing> {
    const kept = this.drawn.get(id);
    if (kept !== undefined) return kept;
    const { report, interleaving } = await this.replays.run({ program, schedule }, signature);
    const [oldest] = this.drawn.keys();
    if (this.drawn.size >= KEPT && oldest !== undefined) this.drawn.delete(oldest);
    this.drawn.set(id, { report, interleaving });
    return { report, interleaving };
  }
}
