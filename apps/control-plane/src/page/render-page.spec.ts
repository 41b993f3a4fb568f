import type { Bug, CampaignSummary, Incident, Progress } from '@lastref/contracts';
import { html } from './html.js';
import { renderPage } from './render-page.js';

const at = '2026-11-20T10:00:00.000Z';
const digest = 'd'.repeat(64);

const progress: Progress = {
  workersAlive: 1,
  threadsAlive: 2,
  campaignsRunning: 1,
  shards: { pending: 0, queued: 1, leased: 2, done: 3, quarantined: 0 },
  oldestQueuedMs: 0,
  movement: 'moving',
};

const campaign: CampaignSummary = {
  id: 7,
  title: '<b>nbd</b>',
  state: 'running',
  strategy: 'rw/1',
  stop: 'count',
  schedules: 1_000,
  executed: 250,
  outside: 31,
  cut: 47,
  steps: 9_000,
  failing: 12,
  shards: { carved: 4, done: 1, quarantined: 0 },
  ledgerDigest: null,
  reason: null,
  createdAt: at,
  finishedAt: null,
};

const bug: Bug = {
  id: 3,
  scenario: 'nbd',
  variant: 'buggy',
  kind: 'deadlock',
  title: 'deadlock between f and g',
  signature: 'deadlock@f(a)+g(b)',
  report: false,
  count: 1_234,
  state: 'open',
  firstSeenAt: at,
  lastSeenAt: at,
  reproduction: {
    id: 5,
    bug: 3,
    program: digest,
    address: 'nbd/buggy/main',
    signature: 'deadlock@f(a)+g(b)',
    grade: 'minimum (proved)',
    cost: { events: 0, preemptions: 1, switches: 1, steps: 9 },
    schedule: '01',
    traceDigest: digest,
    certificate: {},
    replay: { token: 'lr1.x', command: 'npx --no lastref replay lr1.x' },
    createdAt: at,
  },
};

const calm = { incidents: [], moreIncidents: false };

const render = (drawn: Parameters<typeof renderPage>[0]['bugs'][number]['drawn']): string =>
  renderPage({ progress, ...calm, campaigns: [campaign], bugs: [{ bug, drawn }], moreBugs: false });

describe('the front page', () => {
  it('shows a bug with its interleaving, grade and command at once', () => {
    const page = render({ ok: true, interleaving: 'CPU0 | CPU1\nlock(a) |' });
    expect(page).toContain('deadlock between f and g');
    expect(page).toContain('1,234 schedules');
    expect(page).toContain('2026-11-20 10:00:00 UTC');
    expect(page).toContain('<pre class="interleaving">CPU0 | CPU1\nlock(a) |</pre>');
    expect(page).toContain('minimum (proved)');
    expect(page).toContain('npx --no lastref replay lr1.x');
  });

  it('counts runs that failed, left the case or were cut apart', () => {
    expect(render(null)).toMatch(/<td>12<\/td>\s*<td>31<\/td>\s*<td>47<\/td>/);
  });

  it('escapes whatever comes from programs and people', () => {
    const page = render({ ok: true, interleaving: '<script>alert(1)</script> & "x"' });
    expect(page).toContain('&lt;b&gt;nbd&lt;/b&gt;');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;');
    expect(page).not.toMatch(/<script|<b>|style=/);
  });

  it('says why a reproduction is not drawn, and that shrinking goes on', () => {
    expect(render({ ok: false, message: 'too many' })).toContain('cannot be drawn: too many');
    const bugs = [{ bug: { ...bug, reproduction: null }, drawn: null }];
    expect(renderPage({ progress, ...calm, campaigns: [], bugs, moreBugs: true })).toContain(
      'reproduction is being shrunk',
    );
  });

  it('says in plain words that an incident is open', () => {
    expect(render(null)).not.toContain('ncident');
    const incident: Incident = {
      id: 4,
      kind: 'digest',
      state: 'open',
      subject: 'shard 9 gave <x>',
      detail: '{}',
      campaign: 7,
      shard: 9,
      epoch: 1,
      worker: null,
      counted: digest,
      differing: digest,
      createdAt: at,
      closedAt: null,
      closeReason: null,
    };
    const open = { incidents: [incident], moreIncidents: true };
    const page = renderPage({ progress, ...open, campaigns: [], bugs: [], moreBugs: false });
    expect(page).toMatch(
      /Incident 4 is open<\/strong>\s+\(digest, campaign 7\):\s+shard 9 gave &lt;x&gt;/,
    );
    expect(page).toContain('npx --no lastref incident show 4');
    expect(page).toContain('/api/v1/incidents?state=open');
  });

  it('reloads itself only while something runs, and says when no worker is alive', () => {
    expect(render(null)).toContain('http-equiv="refresh"');
    const idle = { ...progress, campaignsRunning: 0, workersAlive: 0 };
    const page = renderPage({ progress: idle, ...calm, campaigns: [], bugs: [], moreBugs: false });
    expect(page).not.toContain('refresh');
    expect(page).toContain('No worker is alive');
    expect(page).toContain('No failing schedule has been found');
  });
});

describe('html', () => {
  it('escapes attribute values and keeps nested html', () => {
    expect(html`<a title="${`"'<>&`}">${[html`<i>${1}</i>`]}</a>`.text).toBe(
      '<a title="&quot;&#39;&lt;&gt;&amp;"><i>1</i></a>',
    );
  });
});
