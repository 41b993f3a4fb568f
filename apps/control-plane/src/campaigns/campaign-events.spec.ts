import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { CampaignEvents } from './campaign-events.js';
import { sampleCampaign, sampleProgram } from '../../../../test/support/sample-shards.js';

let api: TestApi;
let campaign: number;
let closed = false;

beforeAll(async () => {
  api = await startTestApi();
  campaign = await sampleCampaign(api.database, [await sampleProgram(api.database)]);
});

afterAll(async () => {
  if (!closed) await api.close();
});

async function watch(): Promise<IncomingMessage> {
  const request = get(`${await api.app.getUrl()}/api/v1/campaigns/${campaign}/events`);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response.setEncoding('utf8');
}

describe('watching a campaign', () => {
  it('begins with a snapshot for every watcher', async () => {
    const streams = await Promise.all([watch(), watch(), watch()]);
    for (const stream of streams) {
      let text = '';
      for await (const chunk of stream) {
        text += String(chunk);
        if (text.includes('data: ')) break;
      }
      expect(text).toContain('event: campaign');
      expect(text).toContain(`"id":${campaign}`);
    }
  });

  it('counts nobody who went away before the stream began', async () => {
    const events = api.app.get(CampaignEvents);
    for (let gone = 0; gone < 150; gone += 1) await events.watch(campaign);
    const stream = await watch();
    expect(stream.statusCode).toBe(200);
    stream.destroy();
  });

  it('does not keep the service from stopping', async () => {
    const stream = await watch();
    const ended = new Promise((resolve) => stream.once('close', resolve));
    stream.on('error', () => undefined).resume();
    closed = true;
    await api.close();
    await ended;
  });
});
