/** One bug as a page of its own: where a message about it leads, however many came after it. Pure. */
import { frame } from './frame.js';
import { html } from './html.js';
import type { ShownBug } from './page-data.js';
import { renderBug } from './render-bug.js';

export function renderBugPage(shown: ShownBug): string {
  const { bug } = shown;
  return frame(
    bug.title,
    html`<header>
        <h1><a href="/">Lastref</a></h1>
        <nav><a href="/api/v1/failures?bug=${bug.id}">its failing seeds as JSON</a></nav>
      </header>
      <main>${renderBug(shown)}</main>`,
  );
}
