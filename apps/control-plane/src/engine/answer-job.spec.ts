import { programDigest, programJson } from '@lastref/kernel';
import { realProgram } from '../../../../test/support/real-program.js';
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

  it('do not answer runs longer than asked for', () => {
    expect(answerJob({ kind: 'replay', program: bytes, how, maxSteps: 1 })).toMatchObject({
      kind: 'too-long',
    });
  });

  it('refuse a schedule that is not one of the program', () => {
    const wrong = { schedule: 'zzzz' };
    expect(answerJob({ kind: 'replay', program: bytes, how: wrong, maxSteps: 10 })).toMatchObject({
      kind: 'refused',
    });
  });
});
