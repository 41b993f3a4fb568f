/** Functions and the frames of their inlined calls: each pair of function and calling frame is one. */
import type { FrameDecl, FunctionDecl } from '@lastref/kernel';
import type { Fn } from '../language/callee.js';
import type { Site } from './site.js';

type Called = Pick<Fn<never, unknown>, 'name' | 'file' | 'primitive' | 'site'>;

export abstract class Frames {
  readonly functions: FunctionDecl[] = [];
  readonly frames: FrameDecl[] = [];
  /** Where functions were defined, by number. */
  readonly functionSites: (Site | undefined)[] = [];

  /** Number of the module whose text a file is. */
  protected abstract moduleOf(file: string): number | undefined;

  /** The frame of a call: one per function and calling frame. */
  frame({ name, file, primitive, site }: Called, caller: number): number {
    const module = this.moduleOf(file);
    let fn = this.functions.findIndex(
      (f) =>
        f.name === name &&
        f.file === file &&
        f.module === module &&
        (f.primitive === true) === primitive,
    );
    if (fn < 0) {
      fn =
        this.functions.push({
          name,
          file,
          ...(primitive ? { primitive } : {}),
          ...(module === undefined ? {} : { module }),
        }) - 1;
      this.functionSites[fn] = site;
    }
    const known = this.frames.findIndex((f) => f.fn === fn && f.caller === caller);
    return known >= 0 ? known : this.frames.push({ fn, caller }) - 1;
  }

  /** Whether the frame's function has called itself. */
  isRecursive(frame: number): boolean {
    const fn = this.frames[frame]?.fn;
    const name = this.functions[fn ?? -1]?.name;
    for (let f = this.frames[this.frames[frame]?.caller ?? -1]; f; f = this.frames[f.caller])
      if (this.functions[f.fn]?.file !== '-' && this.functions[f.fn]?.name === name) return true;
    return false;
  }

  /** Names of the functions from this frame outwards. */
  trace(frame: number): string {
    const names: string[] = [];
    for (let f = this.frames[frame]; f !== undefined; f = this.frames[f.caller]) {
      const fn = this.functions[f.fn];
      if (fn !== undefined) names.push(fn.file === '-' ? fn.name : `${fn.name} (${fn.file})`);
    }
    return names.join(' < ');
  }
}
