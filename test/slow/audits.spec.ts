/** A worker whose engine answers wrongly once is caught by whoever runs the shard again, and the campaign stops. */
import { findCampaign, listIncidents } from '@lastref/storage';
import { Cluster } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';

const LIMIT_MS = 60_000;
const SHARD = 1_000;

let cluster: Cluster;

beforeEach(async () => {
  cluster = await Cluster.open();
  await cluster.controlPlane();
});

afterEach(() => cluster.close(), LIMIT_MS);

const incidentOpened = (): ReturnType<typeof listIncidents> =>
  eventually(async () => {
    const incidents = await listIncidents(cluster.db, { limit: 10 });
    return incidents.length > 0 && incidents;
  });

const placesOf = async (shard: number): Promise<unknown> =>
  (await cluster.db.query(`SELECT place, state FROM shard_audit WHERE shard_id = $1`, [shard]))[0];

it.each([
  ['another worker', true],
  ['another thread', false],
])(
  'a wrong result is found by %s',
  async (place, beside) => {
    // A lease so long that no shard runs twice for another reason.
    const all = { LASTREF_AUDIT_PERMILLE: '1000', LASTREF_LEASE_MS: '30000' };
    const campaign = await cluster.campaign(SHARD);
    await cluster.worker('worker-wrong-result', 1, all);
    if (beside) {
      await cluster.shardsDone(campaign, 1);
      await cluster.worker(undefined, 1, all);
    }
    const [incident] = await incidentOpened();
    expect(incident).toMatchObject({ kind: 'audit', state: 'open', campaign });
    expect(await placesOf(incident?.shard ?? 0)).toEqual({ place, state: 'differs' });
    expect(await findCampaign(cluster.db, campaign)).toMatchObject({
      state: 'incomplete',
      reason: `incident ${incident?.id}: ${incident?.subject}`,
    });
  },
  LIMIT_MS,
);
