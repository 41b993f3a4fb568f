/**
 * Names of what a program declares. One name is one thing, and each declaration a thing of its own, so two declarations of
 * one name are an error that says where both stand. Only a host composed of parts may say otherwise: that a name is
 * `shared`, one thing whichever part declares it, or that things of a name are `apart`, one of each part.
 */
import type { Composed } from '../language/declared.js';
import { BuildError, didYouMean } from './build-error.js';
import { both, type Site } from './site.js';

type Way = keyof Pick<Composed, 'shared' | 'apart'>;

export class Names {
  private readonly seen = new Set<string>();

  constructor(
    private readonly address: string,
    private readonly composed: Composed | undefined,
  ) {}

  see(name: string): void {
    this.seen.add(name);
  }

  isShared(name: string): boolean {
    return this.composed?.shared.includes(name) === true;
  }

  /** Whether things of this name in two parts have nothing to do with each other. */
  areApart(name: string, one: string | null, other: string | null): boolean {
    return one !== other && this.composed?.apart.includes(name) === true;
  }

  /** Two things of one name; of a host also what it may say of them. */
  twice(what: string, places: string, host?: { name: string; ways: readonly Way[] }): BuildError {
    const mend =
      this.composed === undefined || host === undefined
        ? 'give them different names'
        : [
            ...(host.ways.includes('shared')
              ? [`list '${host.name}' in shared of the composition if they are one thing`]
              : []),
            `list '${host.name}' in apart if they are two`,
            'or give them different names',
          ].join(', ');
    return new BuildError(`${this.address}: ${what}: ${places}; ${mend}`);
  }

  /** A name that a host speaks of is the name of something. */
  checkSaid(more: readonly string[]): void {
    const { shared = [], apart = [] } = this.composed ?? {};
    const known = [...this.seen, ...more];
    for (const name of [...shared, ...apart])
      if (!known.includes(name))
        throw new BuildError(
          `${this.address}: the composition speaks of '${name}', and no part declares it${didYouMean(name, known)}`,
        );
  }
}

/** What is told apart by a name: the first of `alike` is the name, all of it what two of one name must agree in to be shared. */
export class Named<T extends { readonly site: Site | null }> {
  readonly list: T[] = [];
  private readonly parts: (string | null)[] = [];

  constructor(
    private readonly what: string,
    private readonly names: Names,
    private readonly part: () => string | null,
    private readonly alike: (item: T) => readonly [string, ...unknown[]],
  ) {}

  /** Number of a thing; a static variable is the same by the site of its declaration. */
  number(item: T): number {
    const known = this.list.findIndex(
      (other) =>
        other === item || (other.site === item.site && this.nameOf(other) === this.nameOf(item)),
    );
    if (known >= 0) return known;
    const name = this.nameOf(item);
    this.names.see(name);
    const other = this.list.findIndex((one) => this.nameOf(one) === name);
    const first = this.list[other];
    if (first !== undefined && this.names.isShared(name)) {
      this.checkAlike(first, item);
      return other;
    }
    if (first !== undefined && !this.names.areApart(name, this.parts[other] ?? null, this.part()))
      throw this.names.twice(`two ${this.what} are called '${name}'`, this.places(first, item), {
        name,
        ways: ['shared', 'apart'],
      });
    this.parts.push(this.part());
    return this.list.push(item) - 1;
  }

  /** The part that a thing is of, where another part has one of its name. */
  partOf(item: T): { part?: string } {
    const part = this.parts[this.list.indexOf(item)] ?? null;
    const alone = this.list.every(
      (other) => other === item || this.nameOf(other) !== this.nameOf(item),
    );
    return alone || part === null ? {} : { part };
  }

  private checkAlike(first: T, item: T): void {
    const [one, two] = [this.alike(first), this.alike(item)];
    if (one.every((value, i) => value === two[i])) return;
    throw this.names.twice(
      `'${this.nameOf(item)}' cannot be shared: the two ${this.what} are declared differently`,
      this.places(first, item),
      { name: this.nameOf(item), ways: ['apart'] },
    );
  }

  private places(first: T, item: T): string {
    return both('one', first.site ?? undefined, 'one', item.site ?? undefined);
  }

  private nameOf(item: T): string {
    return this.alike(item)[0];
  }
}
