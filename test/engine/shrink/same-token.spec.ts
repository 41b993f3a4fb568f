/** Fifty failing seeds of one bug come to one reproduction, and so to one token: the tie-break is canonical. */
import { formatToken } from '@lastref/contracts';
import { replay } from '@lastref/exploration';
import { programDigest, type Program } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { reproduced } from './support.js';

const SEEDS = 50;
const STRATEGY = 'rw/1';

function failingSeeds(program: Program, signature: string): number[] {
  const seeds: number[] = [];
  for (let seed = 0; seeds.length < SEEDS; seed++) {
    const result = replay(program, { strategy: STRATEGY, seed });
    if (!result.ok) throw new Error(result.message);
    const { verdict } = result.trace;
    if (verdict.outcome === 'failed' && verdict.signature === signature) seeds.push(seed);
  }
  return seeds;
}

it.each([
  ['mlx5/buggy/main', 'use-after-free@mlx5_cmd_invoke(cmd_wq freed by mlx5_cmd_cleanup)'],
  [
    'devmem/buggy/main',
    'use-after-free@netdev_nl_sock_priv_destroy(net_device freed by free_netdev)',
  ],
])('fifty failing seeds of %s are one token', (address, signature) => {
  const program = compileAddress(address);
  const tokens = failingSeeds(program, signature).map((seed) => {
    const { schedule, grade } = reproduced(program, signature, {
      start: { strategy: STRATEGY, seed },
    });
    expect(grade).toBe('minimum (proved)');
    return formatToken({ program: programDigest(program), schedule });
  });
  expect(tokens).toHaveLength(SEEDS);
  expect(new Set(tokens).size).toBe(1);
});
