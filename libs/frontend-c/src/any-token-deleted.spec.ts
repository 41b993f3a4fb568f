/** Half-written C: with any one token left out, a model gives diagnostics with places or a program, and nothing else. */
import fc from 'fast-check';
import { lex } from './text/lex.js';
import { FIXTURES } from './models.fixture.js';
import { FILE, reading } from './reading.fixture.js';

const endOfFront = (text: string): number => text.indexOf('*/') + 2;

it.each(Object.entries(FIXTURES))('%s', (_name, text) => {
  const from = endOfFront(text);
  const body = text.slice(from);
  const lines = body.split('\n');
  const tokens = lex(body, FILE).lines.flat();
  fc.assert(
    fc.property(fc.nat(tokens.length - 1), (index) => {
      const token = tokens[index];
      if (token === undefined) return;
      const { line, column } = token.at;
      const cut = lines.map((own, i) =>
        i === line - 1 ? own.slice(0, column - 1) + own.slice(column - 1 + token.text.length) : own,
      );
      const { ok, cases, diagnostics } = reading(text.slice(0, from) + cut.join('\n'));
      if (ok) expect(cases.length).toBeGreaterThan(0);
      else expect(diagnostics.length).toBeGreaterThan(0);
      for (const { at, message } of diagnostics) {
        expect(at.line).toBeGreaterThan(0);
        expect(at.column).toBeGreaterThan(0);
        expect(message).not.toBe('');
      }
    }),
    { numRuns: 150, seed: 1 },
  );
});
