/** What a verdict does not speak of: calls that were ignored or stubbed, and what else was left out. Counted by line. */
import { atText, type At } from '../text/position.js';

export type NoteKind = 'ignored' | 'stub' | 'not modelled';

export interface Note {
  readonly kind: NoteKind;
  readonly what: string;
  readonly at: At;
}

export class Notes {
  private readonly known = new Map<string, Note>();

  add(kind: NoteKind, what: string, at: At): void {
    this.known.set(`${kind} ${what} ${atText(at)}`, { kind, what, at });
  }

  get list(): readonly Note[] {
    return [...this.known.values()];
  }
}

/** `ignored: dev_dbg 3; stubs: usb_submit_urb 1`. */
export function notesText(notes: readonly Note[]): string {
  const titles = { ignored: 'ignored', stub: 'stubs', 'not modelled': 'not modelled' } as const;
  const kinds: readonly NoteKind[] = ['ignored', 'stub', 'not modelled'];
  return kinds
    .flatMap((kind) => {
      const counts = new Map<string, number>();
      for (const note of notes)
        if (note.kind === kind) counts.set(note.what, (counts.get(note.what) ?? 0) + 1);
      if (counts.size === 0) return [];
      return [`${titles[kind]}: ${[...counts].map(([what, n]) => `${what} ${n}`).join(', ')}`];
    })
    .join('; ');
}
