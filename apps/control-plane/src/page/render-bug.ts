/** One bug of the front page: what, since when, how often, the minimal interleaving, how to replay it. */
import { html, type Html } from './html.js';
import type { Drawn, ShownBug } from './page-data.js';
import { amount, instant } from './words.js';

export function renderBug({ bug, drawn }: ShownBug): Html {
  return html`<article id="bug-${bug.id}">
    <h3><a href="/api/v1/bugs/${bug.id}">${bug.title}</a></h3>
    <p><code>${bug.signature}</code></p>
    <p>
      ${bug.scenario}/${bug.variant}, ${bug.report ? 'reported' : 'failed'} in
      ${amount(bug.count, 'schedule')}, first seen ${instant(bug.firstSeenAt)}, last seen
      ${instant(bug.lastSeenAt)}.
    </p>
    ${reproductionOf({ bug, drawn })}
  </article> `;
}

function reproductionOf({ bug, drawn }: ShownBug): Html {
  if (bug.reproduction === null) return html`<p>Its reproduction is being shrunk.</p>`;
  const { id, grade, cost, replay } = bug.reproduction;
  return html`<p>
      <strong>${grade}</strong>: ${amount(cost.events, 'event')},
      ${amount(cost.preemptions, 'preemption')}, ${amount(cost.switches, 'switch', 'switches')},
      ${amount(cost.steps, 'step')} (<a href="/api/v1/reproductions/${id}/text">full report</a>)
    </p>
    ${drawing(drawn)}
    <p>Replay it:</p>
    <pre class="command">${replay.command}</pre>`;
}

function drawing(drawn: Drawn | null): Html {
  if (drawn === null) return html``;
  if (!drawn.ok) return html`<p>It cannot be drawn: ${drawn.message}</p>`;
  return html`<pre class="interleaving">${drawn.interleaving}</pre>`;
}
