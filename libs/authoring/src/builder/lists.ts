/**
 * struct list_head and hlist_head: each call is one step. Entries are walked by their member, as with container_of. The loops are
 * the kernel's macros: list_for_each_entry goes on from the entry that its body leaves, list_for_each_entry_safe from one it
 * read before the body, which somebody else may have freed meanwhile.
 */
import type {
  AnyStruct,
  FieldOf,
  HlistHeadField,
  HlistNodeField,
  ListField,
} from '../language/struct.js';
import { localOf, Place, type Ref } from '../language/values.js';
import type { Cond } from './graph.js';
import { Memory } from './memory.js';

/** The name of a field of that kind of the struct. */
type MemberOf<S extends AnyStruct, F extends FieldOf<string, unknown>> = {
  [K in keyof InstanceType<S>]: InstanceType<S>[K] extends F ? K : never;
}[keyof InstanceType<S>] &
  string;

/** The name of a list of the struct. */
export type ListMember<S extends AnyStruct> = MemberOf<S, ListField>;
/** The name of a node of the struct. */
export type HlistMember<S extends AnyStruct> = MemberOf<S, HlistNodeField>;

type Walk = 'list_next_entry' | 'list_prev_entry' | 'hlist_entry_safe';

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

  /** Sets `entry` to the first of a head, or to the one behind a node; holds unless the list ends there. */
  hlist_entry_safe<S extends AnyStruct>(
    entry: Ref<S>,
    from: Place<HlistHeadField> | Place<HlistNodeField>,
    member: HlistMember<S>,
  ): Cond {
    return this.walk('hlist_entry_safe', entry, from, member);
  }

  /** The body must leave the entry in the list, and in memory. */
  list_for_each_entry<S extends AnyStruct>(
    entry: Ref<S>,
    head: Place<ListField>,
    member: ListMember<S>,
    repeat: () => void,
  ): void {
    this.forEach('list_next_entry', entry, head, member, repeat);
  }

  /** The body may delete and free the entry; nobody may delete the one behind it. */
  list_for_each_entry_safe<S extends AnyStruct>(
    entry: Ref<S>,
    head: Place<ListField>,
    member: ListMember<S>,
    repeat: () => void,
  ): void {
    this.forEachSafe('list_next_entry', entry, head, member, repeat);
  }

  hlist_for_each_entry<S extends AnyStruct>(
    entry: Ref<S>,
    head: Place<HlistHeadField>,
    member: HlistMember<S>,
    repeat: () => void,
  ): void {
    this.forEach('hlist_entry_safe', entry, head, member, repeat);
  }

  hlist_for_each_entry_safe<S extends AnyStruct>(
    entry: Ref<S>,
    head: Place<HlistHeadField>,
    member: HlistMember<S>,
    repeat: () => void,
  ): void {
    this.forEachSafe('hlist_entry_safe', entry, head, member, repeat);
  }

  private forEach<S extends AnyStruct>(
    op: Walk,
    entry: Ref<S>,
    head: Place<FieldOf<string, unknown>>,
    member: string,
    repeat: () => void,
  ): void {
    this.ignore(this.walk(op, entry, head, member));
    this.while(
      () => entry,
      () => {
        repeat();
        if (this.body.reachable)
          this.ignore(this.walk(op, entry, this.memberOf(entry, member), member));
      },
    );
  }

  private forEachSafe<S extends AnyStruct>(
    op: Walk,
    entry: Ref<S>,
    head: Place<FieldOf<string, unknown>>,
    member: string,
    repeat: () => void,
  ): void {
    const next = this.pointer('next', entry.struct);
    this.ignore(this.walk(op, entry, head, member));
    this.while(
      () => entry,
      () => {
        this.ignore(this.walk(op, next, this.memberOf(entry, member), member));
        repeat();
        if (this.body.reachable) this.set(entry, next);
      },
    );
  }

  private memberOf(entry: Ref, member: string): Place<FieldOf<string, unknown>> {
    const place = Object.entries(entry).find(([name]) => name === member)?.[1];
    if (place instanceof Place) return place as Place;
    throw this.body.error(`${entry.struct.tag} has no field '${member}'`);
  }

  private walk(op: Walk, entry: Ref, from: Place<FieldOf<string, unknown>>, member: string): Cond {
    const field = this.body.program.fields(entry.struct).findIndex(([name]) => name === member);
    return this.body.branch(op, [localOf(entry), ...this.place(from), field]);
  }
}
