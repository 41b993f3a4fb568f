/** Names of what steps can read and change; one place, so that what asks for one spells it alike. */
export const resource = {
  static: (field: number): string => `static ${field}`,
  field: (type: number, field: number): string => `field ${type}.${field}`,
  life: (type: number): string => `life ${type}`,
  /** Which slots of the pool are free: an allocation writes it, a free reads it. */
  pool: (type: number): string => `pool ${type}`,
  /** Pointers to objects of the type: dropping the last to a dead one frees its slot. */
  pointers: (type: number): string => `pointers ${type}`,
  table: (table: number): string => `table ${table}`,
  registry: (registry: number): string => `registry ${registry}`,
  moduleUsers: (module: number): string => `users ${module}`,
  moduleText: (module: number): string => `module ${module}`,
  queue: (type: number): string => `queue ${type}`,
  /** What an idle worker waits for. */
  items: (type: number): string => `items ${type}`,
  links: (listClass: number): string => `links ${listClass}`,
  milestone: (milestone: number): string => `milestone ${milestone}`,
  faults: 'faults',
  /** Signals pending for tasks. */
  signals: 'signals',
  /** What runs on CPUs, and what is kept off them. */
  contexts: 'contexts',
} as const;

/** What a step reads and writes, by name. */
export interface Effect {
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

export class EffectBuilder implements Effect {
  readonly reads = new Set<string>();
  readonly writes = new Set<string>();

  read(name: string): void {
    this.reads.add(name);
  }

  write(name: string): void {
    this.writes.add(name);
  }

  /** A write that commutes with others like it is a read here, and what does not commute with it writes. */
  touch(name: string, touch: 'reads' | 'joins' | 'writes', joined: boolean): void {
    if (touch !== 'writes') this.read(name);
    if (touch === 'writes' || (touch === 'reads' && joined)) this.write(name);
  }
}
