/** The author's lines, for call traces. A file that `#line` names is asked for as well, and may not be there. */
import type { ReadFile } from '../pp/preprocess.js';
import type { At } from './position.js';

export class SourceLines {
  private readonly files = new Map<string, readonly string[]>();

  constructor(private readonly read: ReadFile) {}

  text({ file, line }: At): string {
    let lines = this.files.get(file);
    if (lines === undefined) {
      lines = (this.read(file) ?? '').split('\n');
      this.files.set(file, lines);
    }
    return (lines[line - 1] ?? '').trim();
  }
}
