/** struct list_head: each call is one step. Entries are walked by their member, as with container_of. */
import type { AnyStruct, ListField } from '../language/struct.js';
import { localOf, type Place, type Ref } from '../language/values.js';
import type { Cond } from './graph.js';
import { Memory } from './memory.js';

/** The name of a list of the struct. */
export type ListMember<S extends AnyStruct> = {
  [K in keyof InstanceType<S>]: InstanceType<S>[K] extends ListField ? K : never;
}[keyof InstanceType<S>] &
  string;

export class Lists extends Memory {
  INIT_LIST_HEAD(head: Place<ListField>): void {
    this.body.emit('init_list_head', this.place(head));
  }

  /** Sets `entry` to the one behind `from`, a head or an entry; holds unless the list ends there. */
  list_next_entry<S extends AnyStruct>(
    entry: Ref<S>,
    from: Place<ListField>,
    member: ListMember<S>,
  ): Cond {
    return this.walk('list_next_entry', entry, from, member);
  }

  /** Sets `entry` to the one before `from`; holds unless the list ends there. */
  list_prev_entry<S extends AnyStruct>(
    entry: Ref<S>,
    from: Place<ListField>,
    member: ListMember<S>,
  ): Cond {
    return this.walk('list_prev_entry', entry, from, member);
  }

  private walk(
    op: 'list_next_entry' | 'list_prev_entry',
    entry: Ref,
    from: Place<ListField>,
    member: string,
  ): Cond {
    const field = this.body.program.fields(entry.struct).findIndex(([name]) => name === member);
    return this.body.branch(op, [localOf(entry), ...this.place(from), field]);
  }
}
