/**
 * The labels of one function and the gotos that name them, backwards and forwards: exits of a goto whose label is still to
 * come are kept until it does. What nothing jumps to and nothing runs into is an error, and so is a goto without a label.
 */
import type { BodyBuilder } from './body-builder.js';
import { didYouMean } from './build-error.js';
import type { Exit, Node } from './graph.js';
import type { Site } from './site.js';

interface Place {
  readonly site: Site;
  readonly frame: number;
}

interface Label {
  node: Node | null;
  /** Exits of gotos above the label. */
  readonly waiting: Exit[];
  /** The label, or the first goto while there is none. */
  place: Place;
  reached: boolean;
}

export class Labels {
  private readonly known = new Map<string, Label>();

  constructor(private readonly body: BodyBuilder) {}

  place(name: string): void {
    const { body } = this;
    const label = this.label(name);
    if (label.node !== null) throw body.error(`label '${name}' exists already`);
    label.reached ||= body.reachable;
    label.place = this.here();
    label.node = body.landing(label.waiting);
  }

  jump(name: string): void {
    const { body } = this;
    const label = this.label(name);
    const exits = body.leave('f.goto');
    label.reached = true;
    if (label.node === null) label.waiting.push(...exits);
    else {
      label.node.head = true;
      body.join(exits, label.node);
    }
  }

  end(): void {
    const placed = [...this.known].flatMap(([name, { node }]) => (node === null ? [] : [name]));
    for (const [name, { node, reached, place }] of this.known) {
      if (node === null)
        throw this.body.error(
          `no label '${name}' in this function${didYouMean(name, placed)}`,
          place.frame,
          place.site,
        );
      if (!reached)
        throw this.body.error(
          `label '${name}' is never reached: control does not come here and no goto names it`,
          place.frame,
          place.site,
        );
    }
  }

  private label(name: string): Label {
    let label = this.known.get(name);
    if (label === undefined) {
      label = { node: null, waiting: [], place: this.here(), reached: false };
      this.known.set(name, label);
    }
    return label;
  }

  private here(): Place {
    return { site: this.body.site(), frame: this.body.frame };
  }
}
