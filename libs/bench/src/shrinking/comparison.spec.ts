import { comparison } from './comparison.js';
import { failingSeeds } from './failing-seeds.js';
import { failing } from './failing.fixture.js';

const quiet = { say: () => undefined, signal: new AbortController().signal };
const options = { addresses: [], all: false, seeds: 2, schedules: 1_000 };

it('has a row per shrinker, and ours comes to the proved minimum from every seed', async () => {
  const bugs = await comparison({ ...options, addresses: ['nbd/buggy/last-close'] }, quiet);
  expect(bugs).toMatchObject([
    {
      signature: 'deadlock@del_gendisk(gendisk.open_mutex)',
      seeds: 2,
      rows: [
        { shrinker: 'ddmin on steps' },
        { shrinker: 'ddmin on segments' },
        { shrinker: 'segment merging' },
        { shrinker: 'our passes alone' },
        { shrinker: 'our passes and exact search', hits: 2 },
      ],
    },
  ]);
});

it('refuses an address that is none', async () => {
  expect(await comparison({ ...options, addresses: ['nbd/nothing/main'] }, quiet)).toMatchObject({
    refused: 'usage',
  });
});

it('stops where it is interrupted', async () => {
  const interrupted = { ...quiet, signal: AbortSignal.abort() };
  expect(
    await comparison({ ...options, addresses: ['nbd/buggy/last-close'] }, interrupted),
  ).toEqual([]);
});

it('takes the lowest failing seeds, as many as there are', () => {
  const found = failingSeeds(failing.program, 3, 200);
  const mine = found.find(({ signature }) => signature === failing.signature);
  expect(mine?.seeds).toHaveLength(3);
  expect(mine?.seeds[0]).toBe(failing.seed);
  expect(failingSeeds(failing.program, 1_000, 200).every(({ seeds }) => seeds.length < 1_000)).toBe(
    true,
  );
});
