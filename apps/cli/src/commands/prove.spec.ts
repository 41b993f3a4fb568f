/** `prove`, with no service, in this process. */
import { lastref, lastrefJson } from '../in-process.fixture.js';

const AA = 'deadlock@del_gendisk(gendisk.open_mutex)';
const STALLED = 'nbd/fixed/server-dies-worker-stalled';

describe('prove', () => {
  it('solves for the probability of each signature', async () => {
    const { json } = await lastrefJson(['prove', 'nbd/buggy/last-close', '--probability']);
    expect(json).toMatchObject({
      proved: true,
      probabilities: {
        ok: true,
        failing: 1,
        bySignature: [{ signature: AA, probability: 1 }, { kind: 'recursive-lock' }],
      },
    });
    const { out } = await lastref(['prove', 'nbd/fixed/last-close', '--probability']);
    expect(out).toContain('  rw/1 shows nothing: p = 0\n');
  });

  it('prints the probability of any failure, and none above one half as one in 1', async () => {
    const { out } = await lastref(['prove', 'nbd/buggy/last-close', '--probability']);
    expect(out).toContain('  p = 1.00000 a run of rw/1, 100 % of them: any failure\n');
    expect(out).not.toContain('1 in 1:');
    const stalled = await lastref(['prove', STALLED, '--probability']);
    expect(stalled.out).toContain('  p = 0.00217175 a run of rw/1, 1 in 460: any failure\n');
    const reported = await lastref(['prove', 'nbd/buggy/no-overlap', '--probability']);
    expect(reported.out).toContain('  rw/1 shows no failure: p = 0\n');
  });

  it('proves a fix and says how much it searched', async () => {
    const { exit, json } = await lastrefJson(['prove', 'nbd/fixed/disconnect-against-open']);
    expect(exit).toBe(0);
    expect(json).toMatchObject({ proved: true, failures: [], expectation: { held: true } });
  });

  const statesOf = (text: string): number =>
    Number(/([\d,]+) states/.exec(text)?.[1]?.replaceAll(',', ''));

  it.each([
    [['--symmetry'], 'symmetry'],
    [['--reduce'], 'reduction'],
    [['--symmetry', '--reduce'], 'symmetry and reduction'],
  ])('says that states are fewer after %j', async (flags, after) => {
    const words = ['prove', 'nbd/fixed/two-connects'];
    const { out } = await lastref(words);
    const smaller = await lastref([...words, ...flags]);
    expect(out).not.toContain(' after ');
    expect(smaller.out).toContain(` bytes after ${after}, `);
    expect(statesOf(smaller.out)).toBeLessThan(statesOf(out));
  });

  it('does not say so of a program that it cannot reduce', async () => {
    const { json } = await lastrefJson(['prove', 'mlx5/buggy/slab-reused', '--reduce']);
    expect(json).toMatchObject({ reduced: false });
  });

  it('says nothing of symmetry where no two tasks are identical', async () => {
    const { out } = await lastref(['prove', 'nbd/buggy/last-close', '--symmetry']);
    expect(out).not.toContain('symmetry');
  });

  it('never calls proved what its budget ended', async () => {
    const words = ['prove', 'nbd/fixed/disconnect-against-open', '--max-states', '10'];
    const { exit, out } = await lastref(words);
    expect(exit).toBe(1);
    expect(out).toContain('not proved');
  });

  it('gives a row per case', async () => {
    const { json } = await lastrefJson(['prove', 'nbd/buggy', '--all-cases']);
    expect(json).toMatchObject({
      proofs: [
        { address: 'nbd/buggy/main' },
        { address: 'nbd/buggy/no-overlap' },
        { address: 'nbd/buggy/last-close' },
      ],
    });
  });
});
