/** The front page as HTML: what is running, then every bug with its reproduction. Pure. */
import type { CampaignSummary, Incident, Progress } from '@lastref/contracts';
import { frame } from './frame.js';
import { html, type Html } from './html.js';
import type { PageData } from './page-data.js';
import { renderBug } from './render-bug.js';
import { amount, instant } from './words.js';

const REFRESH_SECONDS = 5;

export function renderPage(page: PageData): string {
  const { progress, incidents, moreIncidents, campaigns, bugs, moreBugs } = page;
  const busy = progress.campaignsRunning > 0;
  return frame(
    amount(bugs.length, 'bug'),
    html`<header>
        <h1>Lastref</h1>
        <p>${machine(progress)}</p>
        ${incidents.map(incidentLine)}
        ${moreIncidents ? html`<p>More incidents are open: <a href="/api/v1/incidents?state=open">the whole list</a>.</p>` : ''}
        <nav><a href="/docs">API</a> <a href="/api/v1/bugs">bugs as JSON</a></nav>
      </header>
      <main>
        <section>
          <h2>Campaigns</h2>
          ${campaignTable(campaigns)}
        </section>
        <section>
          <h2>${amount(bugs.length, 'bug')}</h2>
          ${bugs.length === 0 ? html`<p>No failing schedule has been found so far.</p>` : bugs.map(renderBug)}
          ${moreBugs ? html`<p>There are more: <a href="/api/v1/bugs">the whole list</a>.</p>` : ''}
        </section>
      </main>`,
    busy ? REFRESH_SECONDS : undefined,
  );
}

function machine({ workersAlive, threadsAlive, campaignsRunning, shards }: Progress): Html {
  if (workersAlive === 0)
    return html`<strong>No worker is alive: nothing is being explored.</strong>`;
  const open = shards.pending + shards.queued + shards.leased;
  return html`${amount(workersAlive, 'worker')} alive with ${amount(threadsAlive, 'thread')},
  ${amount(campaignsRunning, 'campaign')} running, ${amount(open, 'shard')} under way.`;
}

function incidentLine({ id, kind, subject, campaign }: Incident): Html {
  return html`<p>
    <strong>Incident ${id} is open</strong>
    (${kind}${campaign === null ? '' : `, campaign ${campaign}`}): ${subject}. A person must look:
    <code>npx --no lastref incident show ${id}</code>
  </p>`;
}

function campaignTable(campaigns: readonly CampaignSummary[]): Html {
  if (campaigns.length === 0) return html`<p>None yet.</p>`;
  return html`<table>
    <thead>
      <tr>
        <th>id</th>
        <th>title</th>
        <th>state</th>
        <th>schedules</th>
        <th>failing</th>
        <th>left the case</th>
        <th>cut</th>
        <th>started</th>
        <th>ledger</th>
      </tr>
    </thead>
    <tbody>
      ${campaigns.map(campaignRow)}
    </tbody>
  </table>`;
}

function campaignRow(campaign: CampaignSummary): Html {
  const { id, title, state, executed, schedules, createdAt, ledgerDigest } = campaign;
  const { failing, outside, cut } = campaign;
  const percent = Math.floor((100 * executed) / Math.max(schedules, 1));
  return html`<tr>
    <td><a href="/api/v1/campaigns/${id}">${id}</a></td>
    <td>${title}</td>
    <td>${state}</td>
    <td>
      <progress max="100" value="${percent}"></progress> ${executed.toLocaleString('en')} of
      ${schedules.toLocaleString('en')}
    </td>
    <td>${failing.toLocaleString('en')}</td>
    <td>${outside.toLocaleString('en')}</td>
    <td>${cut.toLocaleString('en')}</td>
    <td>${instant(createdAt)}</td>
    <td><code>${ledgerDigest?.slice(0, 16) ?? ''}</code></td>
  </tr>`;
}
