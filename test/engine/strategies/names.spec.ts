/** Names are ledger keys: one way to write each, and a refusal that helps. */
import { parseStrategyName, STRATEGIES, strategyByName } from '@lastref/exploration';
import { compileAddress } from '@lastref/scenarios';

const messageOf = (text: string): string => {
  const parsed = parseStrategyName(text);
  return parsed.ok ? 'accepted' : parsed.message;
};

describe('names of strategies', () => {
  const program = compileAddress('nbd/buggy/main');

  it.each([...STRATEGIES, 'pct/1:d=16,k=120', 'pb/1:c=0', 'db/1:d=0'])('%s is one', (text) => {
    expect(messageOf(text)).toBe('accepted');
    const found = strategyByName(program, text);
    expect(found.ok && found.strategy.name).toBe(text);
  });

  it.each([
    ['pct/1', 'it needs d=<1 to 16>'],
    ['pct/1:d=0', 'it needs d=<1 to 16>'],
    ['pct/1:d=03', 'it needs d=<1 to 16>'],
    ['pct/1:d=3,k=65537', 'it needs k=<1 to 65536>'],
    ['pct/1:k=9,d=3', 'it needs d=<1 to 16>'],
    ['pct/1:d=3,k=9,z=1', "it takes no 'z=1' there"],
    ['rw/1:d=3', "it takes no 'd=3' there"],
    ['rw/1:', "nothing follows ':'"],
    ['rw/2', 'did you mean rw/1?'],
    ['surw/1', 'did you mean surw/2?'],
    ['exhaustive and thorough', 'no such name'],
  ])('%s is none: %s', (text, why) => {
    const list = STRATEGIES.join(', ');
    expect(messageOf(text)).toBe(`no strategy '${text}': ${why}; there are: ${list}`);
  });
});
