/** What a campaign says of runs that failed, ended clean, left the case or were cut. */
import type { Campaign, CampaignPart } from '@lastref/contracts';
import { campaignText } from '../text/campaign-text.js';
import { boundsOf } from './bounds.js';
import { judgeCampaign } from './judge-campaign.js';

const part = (of: Partial<CampaignPart>): CampaignPart => ({
  program: 'a'.repeat(64),
  address: 'mine/buggy/main',
  strategy: 'rw/1',
  round: 0,
  seedFrom: 0,
  seedEnd: 1_000,
  schedules: 1_000,
  outside: 0,
  cut: 0,
  cutSeeds: [],
  steps: 1,
  signatures: [],
  ...of,
});

const campaign = (...parts: CampaignPart[]): Campaign => ({
  id: 1,
  title: 'mine',
  state: 'done',
  strategy: 'rw/1',
  stop: 'count',
  schedules: 1_000,
  executed: 1_000,
  outside: 0,
  cut: 0,
  steps: 1,
  failing: 0,
  shards: { carved: 1, done: 1, quarantined: 0 },
  ledgerDigest: null,
  reason: null,
  createdAt: '2026-11-20T10:00:00.000Z',
  finishedAt: null,
  parts,
  rounds: [],
  missing: [],
  waiting: [],
});

const report = {
  signature: 'lock-order@a+b',
  kind: 'lock-order',
  report: true,
  count: 4,
  lanes: [0, 0, 0, 0],
  lowestSeeds: [1],
};

it('counts every cut run as a failure in the bound, and lists its seed with what examines it', () => {
  const cut = campaign(part({ cut: 40, cutSeeds: [7, 9], outside: 100 }));
  expect(boundsOf(cut)).toMatchObject([
    { failed: 0, clean: 860, outside: 100, cut: 40, cutSeeds: [7, 9] },
  ]);
  expect(boundsOf(cut)[0]?.bound).toBeGreaterThan(40 / 900);
  const text = campaignText(cut, judgeCampaign(cut));
  expect(text).toContain(
    '0 failed, 860 clean, 100 left the case: neither clean nor failed, 40 cut at the step limit: neither clean nor failed',
  );
  expect(text).toContain('each run that was cut counted as a failure');
  expect(text).toContain(
    '  cut: seeds 7, 9\n    npx --no lastref hunt mine/buggy/main --strategy rw/1 --seed 7 --schedules 1\n',
  );
  expect(text).toContain('did not hold: 40 runs were cut at the step limit and not judged');
});

it('says that nothing is known where every run was cut', () => {
  const all = campaign(part({ cut: 1_000, cutSeeds: [0] }));
  expect(campaignText(all, [])).toContain('no run of rw/1 ended: nothing is known');
});

it('adds the cut seeds of rounds up, lowest first', () => {
  const rounds = campaign(
    part({ cut: 2, cutSeeds: [500, 600] }),
    part({ round: 1, cut: 1, cutSeeds: [20] }),
  );
  expect(boundsOf(rounds)).toMatchObject([{ schedules: 2_000, cut: 3, cutSeeds: [20, 500, 600] }]);
});

it('holds without an expectation where only a report was seen', () => {
  const seen = campaign(part({ signatures: [report] }));
  expect(judgeCampaign(seen)).toMatchObject([{ held: true, why: [] }]);
  const failed = { ...report, signature: 'leak@f(x)', kind: 'leak', report: false };
  expect(judgeCampaign(campaign(part({ signatures: [failed] })))).toMatchObject([
    { held: false, why: ['unexpected: leak@f(x)'] },
  ]);
});
