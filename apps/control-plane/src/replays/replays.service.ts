/** Replays one run: finds the program that the request names and asks the engine. */
import { formatToken, MAX_ANSWER_BYTES, MAX_REPLAY_STEPS, parseToken } from '@lastref/contracts';
import type { Replay, ReplayRequest, RunName, Steps, StepsRequest } from '@lastref/contracts';
import { parseStrategyName } from '@lastref/exploration';
import { type Database, findProgram, findProgramNamed } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { replayHandle } from '../bugs/replay-handle.js';
import { EngineService } from '../engine/engine.service.js';
import type { EngineAnswer, How, ReplayedRun } from '../engine/engine-jobs.js';
import { Problem } from '../http/problem.js';
import { ProgramResolver } from '../programs/program-resolver.js';
import { DATABASE } from '../storage/storage.module.js';

/** Bytes of a page of states beside the states: names of tasks, a token, a command. */
const HEAD_BYTES = 1024 * 1024;

@Injectable()
export class ReplaysService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly resolver: ProgramResolver,
    private readonly engine: EngineService,
  ) {}

  async replay(request: ReplayRequest): Promise<Replay> {
    const run = await this.runOf(request);
    const { trace, report, interleaving } = await this.run(run);
    return { ...trace, text: `${report}\n${interleaving}`, replay: replayHandle(run) };
  }

  /** A page of the states of a run. */
  async steps({ from, limit, ...request }: StepsRequest): Promise<Steps> {
    const run = await this.runOf(request);
    const answer = await this.engine.ask({
      kind: 'steps',
      program: await this.programOf(run),
      how: howOf(run),
      maxSteps: MAX_REPLAY_STEPS,
      from,
      limit,
      mostBytes: MAX_ANSWER_BYTES - HEAD_BYTES,
    });
    if (answer.kind !== 'stepped') throw refusalOf(answer, run);
    return { program: run.program, ...answer.run, replay: replayHandle(run) };
  }

  /** The run of this name, known to lead to a signature; its program must be stored. */
  async run(run: RunName, signature?: string): Promise<ReplayedRun> {
    const answer = await this.engine.ask({
      kind: 'replay',
      program: await this.programOf(run),
      how: howOf(run),
      maxSteps: MAX_REPLAY_STEPS,
      mostBytes: MAX_ANSWER_BYTES,
      ...(signature === undefined ? {} : { signature }),
    });
    if (answer.kind !== 'replayed') throw refusalOf(answer, run);
    return answer.run;
  }

  /** The canonical text of the run's program. */
  private async programOf(run: RunName): Promise<string> {
    const program = await findProgram(this.database, run.program);
    if (program !== null) return program.bytes;
    throw new Problem('unknown-program', `no program ${run.program} is stored; post it first`);
  }

  private async runOf(request: ReplayRequest): Promise<RunName> {
    const { token, schedule, strategy, seed } = request;
    if (token !== undefined) {
      const parsed = parseToken(token);
      if (!parsed.ok) throw at('invalid-body', '/token', parsed.message);
      const run = checked(parsed.run, '/token');
      return { ...run, program: await this.digestNamed(run.program) };
    }
    const program = await this.digestOf(request);
    if (schedule !== undefined) return { program, schedule };
    if (strategy === undefined || seed === undefined)
      throw new Error('the contract lets this pass');
    return checked({ program, strategy, seed }, '/strategy');
  }

  /** A token names its program by the beginning of its digest. */
  private async digestNamed(beginning: string): Promise<string> {
    const program = await findProgramNamed(this.database, beginning);
    if (program !== null) return program.digest;
    const message = `no program with the digest ${beginning}... is stored; post the program first`;
    const errors = [{ pointer: '/token', message }];
    throw new Problem('unknown-program', `/token: ${message}`, { errors });
  }

  private async digestOf({ address, digest }: ReplayRequest): Promise<string> {
    const resolved = await this.resolver.resolve(digest ?? address ?? '');
    if (resolved.ok) return resolved.program.digest;
    const pointer = digest === undefined ? '/address' : '/digest';
    const error = { pointer, ...resolved.error };
    throw new Problem('unknown-program', `${pointer}: ${error.message}`, { errors: [error] });
  }
}

/** Why there is no run, or no states. */
function refusalOf(answer: EngineAnswer, run: RunName): Problem {
  switch (answer.kind) {
    case 'too-long':
      return new Problem(
        'replay-too-long',
        `the run has ${answer.steps} steps; at most ${MAX_REPLAY_STEPS} are replayed here, ` +
          `use the command line: replay ${formatToken(run)}`,
      );
    case 'too-large':
      return new Problem(
        'replay-too-long',
        `the run is told in ${answer.bytes} bytes; at most ${MAX_ANSWER_BYTES} are answered here, ` +
          `use the command line: replay ${formatToken(run)}`,
      );
    case 'refused':
      return new Problem('replay-refused', answer.message);
    case 'valid':
    case 'invalid':
    case 'replayed':
    case 'stepped':
    case 'ordered':
      throw new Error(`the engine answered ${answer.kind} to a replay`);
  }
}

function howOf(run: RunName): How {
  if ('schedule' in run) return { schedule: run.schedule };
  return { strategy: run.strategy, seed: run.seed };
}

function checked(run: RunName, pointer: string): RunName {
  if ('schedule' in run) return run;
  const parsed = parseStrategyName(run.strategy);
  if (parsed.ok) return run;
  throw at('invalid-body', pointer, parsed.message);
}

function at(slug: 'invalid-body', pointer: string, message: string): Problem {
  return new Problem(slug, `${pointer}: ${message}`, { errors: [{ pointer, message }] });
}
