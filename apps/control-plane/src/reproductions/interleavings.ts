/**
 * The report and the interleaving of a reproduction as text, drawn by replaying its schedule. Neither
 * ever changes, so the last ones drawn are kept; a refusal does not change either. They are drawn one after another: however many
 * pages are asked for at once, the engine has one drawing to do at a time, and each is made once.
 */
import type { Reproduction } from '@lastref/contracts';
import { Injectable } from '@nestjs/common';
import { Problem } from '../http/problem.js';
import { ReplaysService } from '../replays/replays.service.js';

export interface Drawing {
  report: string;
  interleaving: string;
}

const KEPT = 256;

@Injectable()
export class Interleavings {
  private readonly drawn = new Map<number, Drawing | Problem>();
  private readonly drawing = new Map<number, Promise<Drawing>>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly replays: ReplaysService) {}

  async draw(reproduction: Reproduction): Promise<Drawing> {
    const { id } = reproduction;
    const kept = this.drawn.get(id);
    if (kept instanceof Problem) throw kept;
    if (kept !== undefined) return kept;
    const underway = this.drawing.get(id);
    if (underway !== undefined) return underway;
    const turn = this.last.then(() => this.replay(reproduction));
    this.last = turn.catch(() => undefined);
    this.drawing.set(id, turn);
    try {
      return this.keep(id, await turn);
    } catch (error) {
      if (error instanceof Problem && error.slug !== 'unavailable') this.keep(id, error);
      throw error;
    } finally {
      this.drawing.delete(id);
    }
  }

  private async replay({ program, schedule, signature }: Reproduction): Promise<Drawing> {
    const { report, interleaving } = await this.replays.run({ program, schedule }, signature);
    return { report, interleaving };
  }

  private keep<Kept extends Drawing | Problem>(id: number, kept: Kept): Kept {
    const [oldest] = this.drawn.keys();
    if (this.drawn.size >= KEPT && oldest !== undefined) this.drawn.delete(oldest);
    this.drawn.set(id, kept);
    return kept;
  }
}
