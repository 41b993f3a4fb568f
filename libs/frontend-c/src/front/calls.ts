/** The C of `given:` and `tasks:`: a call, or several statements, in a function that has no name in traces. */
import { lex } from '../text/lex.js';
import { parse } from '../syntax/parse.js';
import type { FunctionDef } from '../syntax/ast.js';
import { Diagnostics, Fault } from '../text/diagnostics.js';
import type { At } from '../text/position.js';

const NAME = '__task';

/** @throws Fault at the line of the front matter */
export function callDefinition(text: string, at: At, file: string): FunctionDef {
  const own = new Diagnostics();
  const tokens = lex(`void ${NAME}(void) { ${text}; }`, file).lines.flat();
  const unit = parse(
    tokens.map((token) => ({ ...token, at })),
    own,
  );
  const [problem] = own.sorted;
  const made = unit.functions.get(NAME);
  if (problem !== undefined || made === undefined || made.body === null || unit.functions.size > 1)
    throw new Fault(
      at,
      `'${text}' is no C: ${problem?.message ?? 'it ends too early'}`,
      'write a call, such as foo_release(foo)',
    );
  return made;
}
