/** Exports reproductions in the formats of the reporting library; the engine's threads do the work. */
import { MAX_ANSWER_BYTES, MAX_REPLAY_STEPS, type ExportQuery } from '@lastref/contracts';
import { nearest } from '@lastref/kernel';
import { EXPORT_FORMATS, type ExportFormat } from '@lastref/reporting';
import { type Database, findProgram } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { EngineService } from '../engine/engine.service.js';
import { Problem } from '../http/problem.js';
import { notReplayed } from '../replays/not-replayed.js';
import { DATABASE } from '../storage/storage.module.js';
import { ReproductionsService } from './reproductions.service.js';

export interface Exported {
  readonly format: ExportFormat;
  readonly text: string;
}

@Injectable()
export class ExportsService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly engine: EngineService,
    private readonly reproductions: ReproductionsService,
  ) {}

  async render(id: number, name: string, { width }: ExportQuery): Promise<Exported> {
    const format = formatOf(name);
    const reproduction = await this.reproductions.get(id);
    const { program: digest, schedule, signature, grade, replay } = reproduction;
    const program = await findProgram(this.database, digest);
    if (program === null) throw new Problem('not-found', `there is no program ${digest}`);
    const answer = await this.engine.ask({
      kind: 'export',
      program: program.bytes,
      schedule,
      maxSteps: MAX_REPLAY_STEPS,
      mostBytes: MAX_ANSWER_BYTES,
      signature,
      grade,
      replay,
      format: format.name,
      width,
    });
    if (answer.kind === 'exported') return { format, text: answer.text };
    throw notReplayed(answer, { program: digest, schedule });
  }
}

function formatOf(name: string): ExportFormat {
  const format = EXPORT_FORMATS.find((one) => one.name === name);
  if (format !== undefined) return format;
  const names = EXPORT_FORMATS.map((one) => one.name);
  const message = `there is no such format; there are ${names.join(', ')}`;
  const meant = nearest(name, names);
  const error = { pointer: '/format', message, ...(meant === undefined ? {} : { nearest: meant }) };
  throw new Problem('not-found', `/format: ${message}`, { errors: [error] });
}
