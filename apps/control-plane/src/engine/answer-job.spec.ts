import { programDigest, programJson } from '@lastref/kernel';
import { livelockedRun, realProgram } from '../../../../test/support/real-program.js';
import { answerJob } from './answer-job.js';

const program = realProgram();
const bytes = programJson(program);
const how = { strategy: 'rw/1', seed: 1 };

describe('jobs of the engine', () => {
  it('name a valid program by its canonical bytes', () => {
    const shuffled: unknown = Object.fromEntries(Object.entries(program).reverse());
    expect(answerJob({ kind: 'validate', json: shuffled })).toMatchObject({
      kind: 'valid',
      program: { bytes, digest: programDigest(program), address: 'nbd/buggy/main' },
    });
  });

  it('say what is wrong with an invalid one', () => {
    expect(answerJob({ kind: 'validate', json: null })).toMatchObject({ kind: 'invalid' });
  });

  it('replay a run with its report and interleaving', () => {
    const answer = answerJob({ kind: 'replay', program: bytes, how, maxSteps: 10_000 });
    expect(answer).toMatchObject({
      kind: 'replayed',
      run: { trace: { program: programDigest(program) } },
    });
    const run = answer.kind === 'replayed' ? answer.run : undefined;
    expect(run?.report).not.toBe('');
    expect(run?.interleaving).not.toBe('');
    const schedule = run?.trace.schedule ?? '';
    const again = answerJob({
      kind: 'replay',
      program: bytes,
      how: { schedule },
      maxSteps: 10_000,
    });
    expect(again).toMatchObject({ run: { trace: { digest: run?.trace.digest } } });
  });

  it('tell the loop of a run that is known to lead into a livelock', () => {
    const { program: stalled, signature, schedule } = livelockedRun();
    const job = { kind: 'replay', program: programJson(stalled), how: { schedule } } as const;
    const told = answerJob({ ...job, maxSteps: 1_000, signature });
    const run = told.kind === 'replayed' ? told.run : undefined;
    expect(run?.trace.loop?.tasks).toMatchObject([{ function: 'nbd_genl_connect' }]);
    expect(run?.report).toContain('nbd-client connect goes round for ever:');
    const untold = answerJob({ ...job, maxSteps: 1_000 });
    expect(untold.kind === 'replayed' ? untold.run.trace.loop : null).toBeUndefined();
  });

  it('do not answer runs longer than asked for', () => {
    expect(answerJob({ kind: 'replay', program: bytes, how, maxSteps: 1 })).toMatchObject({
      kind: 'too-long',
    });
  });

  it('do not answer runs that take more bytes than asked for', () => {
    const job = { kind: 'replay', program: bytes, how, maxSteps: 10_000 } as const;
    expect(answerJob({ ...job, mostBytes: 1_000 })).toMatchObject({ kind: 'too-large' });
    expect(answerJob({ ...job, mostBytes: 1_000_000 })).toMatchObject({ kind: 'replayed' });
  });

  it('tell the orders of milestones, or why there are none', () => {
    const told = answerJob({ kind: 'orders', program: bytes, maxStates: 10 });
    expect(told).toMatchObject({ kind: 'ordered', result: { ok: false } });
    expect(answerJob({ kind: 'orders', program: '{}', maxStates: 10 })).toMatchObject({
      kind: 'refused',
    });
  });

  it('refuse a schedule that is not one of the program', () => {
    const wrong = { schedule: 'zzzz' };
    expect(answerJob({ kind: 'replay', program: bytes, how: wrong, maxSteps: 10 })).toMatchObject({
      kind: 'refused',
    });
  });
});
