// Answers kept between runs: one line of JSON per program that was done, appended whole, so that several processes may share
// the file. An answer counts for one program, one number of seeds and one build of the engine.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';

const COMPILED = ['kernel', 'exploration'].map(
  (lib) => new URL(`../../libs/${lib}/dist/`, import.meta.url),
);

/** SHA-256 over the compiled engine. */
function engineDigest() {
  const hash = createHash('sha256');
  for (const folder of COMPILED)
    for (const name of readdirSync(folder, { recursive: true }).sort())
      if (name.endsWith('.js')) hash.update(name).update(readFileSync(new URL(name, folder)));
  return hash.digest('hex');
}

export class Kept {
  #engine = engineDigest();
  #answers = new Map();

  /** @param {string | undefined} file kept nowhere if undefined */
  constructor(file, seeds) {
    Object.assign(this, { file, seeds });
    if (file === undefined || !existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const { engine, seeds: of, program, answer } = JSON.parse(line);
      if (engine === this.#engine && of === seeds) this.#answers.set(program, answer);
    }
  }

  get(program) {
    return this.#answers.get(program);
  }

  add(program, answer) {
    if (this.file === undefined) return;
    const line = JSON.stringify({ engine: this.#engine, seeds: this.seeds, program, answer });
    appendFileSync(this.file, `${line}\n`);
  }
}
