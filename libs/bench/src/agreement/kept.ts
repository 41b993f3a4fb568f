/**
 * Answers kept between runs: one line of JSON per program that was done, appended whole, so that several processes may share
 * the file. An answer counts for one program, one number of seeds and one build of the engine.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';

const COMPILED = ['kernel', 'exploration'].map(
  (library) => new URL(`../../../${library}/dist/`, import.meta.url),
);

export interface Answer {
  readonly same: boolean;
  readonly digest: string;
  readonly text: string;
}

interface Line {
  readonly engine: string;
  readonly seeds: number;
  readonly program: string;
  readonly answer: Answer;
}

/** SHA-256 over the compiled engine. */
function engineDigest(): string {
  const hash = createHash('sha256');
  for (const folder of COMPILED)
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
      if (name.endsWith('.js')) hash.update(name).update(readFileSync(new URL(name, folder)));
  return hash.digest('hex');
}

export class Kept {
  private readonly engine = engineDigest();
  private readonly answers = new Map<string, Answer>();

  /** @param file kept nowhere if undefined */
  constructor(
    private readonly file: string | undefined,
    private readonly seeds: number,
  ) {
    if (file === undefined || !existsSync(file)) return;
    for (const text of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const { engine, seeds: of, program, answer } = JSON.parse(text) as Line;
      if (engine === this.engine && of === seeds) this.answers.set(program, answer);
    }
  }

  get(program: string): Answer | undefined {
    return this.answers.get(program);
  }

  add(program: string, answer: Answer): void {
    if (this.file === undefined) return;
    const line: Line = { engine: this.engine, seeds: this.seeds, program, answer };
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }
}
