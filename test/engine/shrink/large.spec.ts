/** Programs far too large for a few nodes still get a reproduction, small and with the grade that was reached. */
import { costText } from '@lastref/exploration';
import { fourDevices, fourPorts } from '../../../libs/bench/src/programs/programs.js';
import { failing, reproduced } from './support.js';

const AB_BA = 'deadlock@del_gendisk(gendisk.open_mutex)+nbd_open(nbd_index_mutex)';
const SCHEDULES = 100;

describe('nbd with four devices and eight openers', () => {
  const program = fourDevices('nbd/buggy');
  const seeds = failing(program, 'rw/1', 500).find((found) => found.signature === AB_BA)?.seeds;
  const start = { strategy: 'rw/1', seed: seeds?.[0] ?? 0 };

  it('shrinks to the minimum of one device, and says that only locally', () => {
    const found = reproduced(program, AB_BA, { start, maxNodes: 10_000 });
    expect([found.grade, costText(found.cost)]).toEqual(['locally minimal', '0/1/1/42']);
    expect(found.certificate.unproved).toMatchObject({ preemptions: null, unfinished: '0/0/2' });
    expect(reproduced(program, AB_BA, { start, maxNodes: 10_000 })).toEqual(found);
  });
});

describe('mlx5 with four ports and eight readers', () => {
  const program = fourPorts();
  const given = failing(program, 'surw/2', SCHEDULES);

  it('shrinks whatever fails to what one port would do, where the search ends almost at once', () => {
    const costs = given.map(({ signature, seeds: [seed = 0] }) => {
      const start = { strategy: 'surw/2', seed };
      const { grade, cost } = reproduced(program, signature, { start, maxNodes: 2_000 });
      return [signature.slice(0, signature.indexOf('(')), costText(cost), grade];
    });
    expect(costs).toEqual([
      ['busy-pool@dma_pool_destroy', '0/2/2/35', 'locally minimal'],
      ['held-lock-freed@dma_pool_destroy', '0/2/2/38', 'locally minimal'],
      ['use-after-free@dma_pool_alloc', '0/1/1/38', 'locally minimal'],
      ['use-after-free@dma_pool_alloc', '0/3/3/38', 'locally minimal'],
      ['use-after-free@dma_pool_alloc', '0/0/1/139', 'minimum (proved)'],
      ['use-after-free@mlx5_cmd_invoke', '0/1/1/35', 'locally minimal'],
    ]);
  });

  it('has all runs without preemption searched where the budget is larger', () => {
    const signature = 'busy-pool@dma_pool_destroy(mlx5_cmd)';
    const [seed = 0] = given.find((found) => found.signature === signature)?.seeds ?? [];
    const start = { strategy: 'surw/2', seed };
    const found = reproduced(program, signature, { start, maxNodes: 200_000 });
    expect([found.grade, costText(found.cost)]).toEqual([
      'minimum up to 0 preemptions',
      '0/2/2/35',
    ]);
  });
});
