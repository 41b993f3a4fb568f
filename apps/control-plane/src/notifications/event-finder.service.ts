/**
 * Looks up what a message tells of, as it stands when it is written: the bug with its count so far and the command that replays
 * it, the campaign. What does not exist any more is left out; the message is sent all the same.
 */
import type { Bug, ReplayHandle } from '@lastref/contracts';
import {
  type Database,
  findBug,
  findCampaign,
  listFailures,
  type TakenNotification,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { bugView } from '../bugs/bug-views.js';
import { replayHandle } from '../bugs/replay-handle.js';
import { DATABASE } from '../storage/storage.module.js';
import { LONGEST_COMMAND } from './limits.js';
import type { Event } from './message.js';

@Injectable()
export class EventFinder {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async find(taken: TakenNotification): Promise<Event> {
    const { id, kind, subject, announcedAt, detail, incident } = taken;
    const bug = taken.bug === null ? null : await findBug(this.database, taken.bug);
    const shown = bug === null ? null : bugView(bug);
    return {
      id,
      kind,
      subject,
      announcedAt,
      detail,
      incident,
      bug: shown,
      campaign: await this.campaign(taken.campaign),
      replay: shown === null ? null : await this.replay(shown),
    };
  }

  private async campaign(id: number | null): Promise<Event['campaign']> {
    const row = id === null ? null : await findCampaign(this.database, id);
    return row === null ? null : { id: row.id, title: row.title };
  }

  /** The minimal run if it is known and short, else the lowest failing seed. */
  private async replay({ id, reproduction }: Bug): Promise<ReplayHandle | null> {
    if (reproduction !== null && reproduction.replay.command.length <= LONGEST_COMMAND) {
      return reproduction.replay;
    }
    const [failure] = await listFailures(this.database, id, { limit: 1 });
    if (failure === undefined) return reproduction?.replay ?? null;
    const { program, strategy, seed } = failure;
    return replayHandle({ program, strategy, seed });
  }
}
