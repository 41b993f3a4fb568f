import { programJson } from '@lastref/kernel';
import { realProgram } from '../../../../test/support/real-program.js';
import { knownProgram } from './known-programs.js';

const program = realProgram();
const titled = (title: string): string => programJson({ ...program, title });

describe('programs that a thread knows', () => {
  it('are parsed once, and told apart by all of their text', () => {
    const first = knownProgram(titled('a'));
    expect(first?.title).toBe('a');
    expect(knownProgram(titled('a'))).toBe(first);
    expect(knownProgram(titled('b'))?.title).toBe('b');
  });

  it('are forgotten when many others were asked about since', () => {
    const [used, unused] = [knownProgram(titled('used')), knownProgram(titled('unused'))];
    for (let i = 0; i < 20; i++) {
      knownProgram(titled(`other ${i}`));
      expect(knownProgram(titled('used'))).toBe(used);
    }
    expect(knownProgram(titled('unused'))).not.toBe(unused);
  });

  it('are none that the engine does not run', () => {
    expect(knownProgram('{}')).toBeUndefined();
    expect(knownProgram('{}')).toBeUndefined();
  });
});
