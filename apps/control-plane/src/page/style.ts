/** The style of the front page, served as a file because its policy allows no inline style. */
export const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 72rem; padding: 0 1rem 4rem; }
header { display: flex; flex-wrap: wrap; gap: 0 2rem; align-items: baseline; }
h1 { margin: 1rem 0; }
nav { margin-left: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 0.25rem 0.75rem 0.25rem 0; vertical-align: top; }
article { border-top: 1px solid #8888; padding: 0.5rem 0; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.875rem; }
code { overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid #8888; border-radius: 0.25rem; }
pre.command { white-space: pre-wrap; overflow-wrap: anywhere; }
`;
