/** What all pages share: the head, and the style. */
import { html, type Html } from './html.js';

export function frame(title: string, body: Html, refreshSeconds?: number): string {
  const refresh =
    refreshSeconds === undefined
      ? ''
      : html`<meta http-equiv="refresh" content="${refreshSeconds}" />`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refresh}
        <title>Lastref: ${title}</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        ${body}
      </body>
    </html> `.text;
}
