/** Mermaid's own parser, from its smallest build: a script for browsers, which needs little of one to read a diagram. */
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { z } from 'zod';

interface Message {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly text: string;
}

export interface SequenceDiagram {
  /** As they are shown. */
  readonly participants: readonly string[];
  readonly messages: readonly Message[];
}

interface Mermaid {
  parse: (text: string) => Promise<unknown>;
  mermaidAPI: { getDiagramFromText: (text: string) => Promise<{ type: string; db: unknown }> };
}

const context = createContext({ console, setTimeout, clearTimeout, URL, structuredClone });
runInContext(readFileSync(require.resolve('@mermaid-js/tiny'), 'utf8'), context);
const { mermaid } = context as unknown as { mermaid: Mermaid };

/** The kinds of diagrams are registered with the first one that is parsed. */
let registered: Promise<unknown> | undefined;

/** Throws what the parser says. */
export async function parseSequence(text: string): Promise<SequenceDiagram> {
  await (registered ??= mermaid.parse('sequenceDiagram\n'));
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  if (diagram.type !== 'sequence') throw new Error(`a diagram of type ${diagram.type}`);
  const db = diagram.db as { getActors: () => Map<string, unknown>; getMessages: () => unknown[] };
  return {
    participants: [...db.getActors().values()].map((actor) =>
      shown(z.object({ description: z.string() }).parse(actor).description),
    ),
    messages: db.getMessages().map((message) => {
      const told = z
        .object({ from: z.string().optional(), to: z.string().optional(), message: z.unknown() })
        .parse(message);
      return { from: told.from, to: told.to, text: shown(String(told.message)) };
    }),
  };
}

/** The parser puts its own marks in place of entities, and entities back when it draws. */
const shown = (text: string): string =>
  text.replaceAll(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCodePoint(Number(code)));
