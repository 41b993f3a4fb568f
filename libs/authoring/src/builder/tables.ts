/**
 * Tables of pointers: struct idr and struct xarray, with the numbers of an ida. What is entered and found is of the table's type.
 * Each call is one step; xa_for_each keeps only the index between two of them, so its body may erase.
 */
import type { Ida, Idr, XArray } from '../language/globals.js';
import type { AnyStruct } from '../language/struct.js';
import { Int, localOf, type IntValue, type Ref } from '../language/values.js';
import { DecAndLock } from './dec-and-lock.js';
import type { Arg, Cond } from './graph.js';

export class Tables extends DecAndLock {
  /** How many entries a table has in the case: a number of the building, not of the run. */
  entries(table: Idr | Ida): number {
    return this.body.program.size(table);
  }

  /** Holds if the index was free. */
  idr_alloc<S extends AnyStruct>(idr: Idr<S>, index: IntValue, object: Ref<S>): Cond {
    const table = this.body.program.table(idr);
    return this.body.branch('idr_alloc', [table, ...this.int(index), localOf(object)]);
  }

  /** The pointer at the index, or NULL. */
  idr_find<S extends AnyStruct>(idr: Idr<S>, index: IntValue): Ref<S> {
    const local = this.body.local(idr.struct.tag, idr.struct);
    this.body.emit('idr_find', [local, this.body.program.table(idr), ...this.int(index)]);
    return this.ref(local, idr.struct);
  }

  /** A lookup that takes a reference under the table's lock, as one step: NULL if there is none to take. */
  idr_find_get<S extends AnyStruct>(idr: Idr<S>, index: IntValue, count: string): Ref<S> {
    const { program } = this.body;
    const field = program.fields(idr.struct).findIndex(([name]) => name === count);
    if (field < 0) throw this.body.error(`${idr.struct.tag} has no field '${count}'`);
    const local = this.body.local(idr.struct.tag, idr.struct);
    this.body.emit('idr_find_get', [local, program.table(idr), ...this.int(index), field]);
    return this.ref(local, idr.struct);
  }

  /** Sets `id` to the lowest free index and enters the object there; holds unless there is none (-EBUSY). */
  xa_alloc<S extends AnyStruct>(xa: XArray<S>, id: Int, entry: Ref<S>): Cond {
    id.local.max = Math.max(id.local.max, this.entries(xa) - 1);
    return this.body.branch('xa_alloc', [this.body.program.table(xa), id.local, localOf(entry)]);
  }

  /** Enters the object, and returns the one that was there. */
  xa_store<S extends AnyStruct>(xa: XArray<S>, index: IntValue, entry: Ref<S>): Ref<S> {
    return this.entryOf('xa_store', xa, [...this.int(index), localOf(entry)]);
  }

  /** The pointer at the index, or NULL. */
  xa_load<S extends AnyStruct>(xa: XArray<S>, index: IntValue): Ref<S> {
    return this.entryOf('xa_load', xa, this.int(index));
  }

  /** Empties the index, and returns what was there. */
  xa_erase<S extends AnyStruct>(xa: XArray<S>, index: IntValue): Ref<S> {
    return this.entryOf('xa_erase', xa, this.int(index));
  }

  /** The entry at the lowest index from `from` on, or NULL; sets `index` to where it is. */
  xa_find<S extends AnyStruct>(
    xa: XArray<S>,
    from: IntValue,
    index = new Int(this.body.local('index', null, this.entries(xa) - 1)),
  ): Ref<S> {
    index.local.max = Math.max(index.local.max, this.entries(xa) - 1);
    return this.entryOf('xa_find', xa, [index.local, ...this.int(from)]);
  }

  /** Visits what is there when it comes by: entries erased meanwhile are left out, the object is the caller's to protect. */
  xa_for_each<S extends AnyStruct>(
    xa: XArray<S>,
    visit: (index: Int, entry: Ref<S>) => void,
  ): void {
    const index = this.var('index', this.entries(xa) - 1);
    const from = this.var('from', this.entries(xa));
    const entry = this.pointer(xa.struct.tag, xa.struct);
    this.while(
      () => {
        this.set(entry, this.xa_find(xa, from, index));
        return entry;
      },
      () => {
        visit(index, entry);
        this.add(from, index, 1);
      },
    );
  }

  /** The lowest number that is free. */
  ida_alloc(ida: Ida): Int {
    const id = this.body.local('id', null, this.entries(ida) - 1);
    this.body.emit('ida_alloc', [id, this.body.program.registry(ida)]);
    return new Int(id);
  }

  private entryOf<S extends AnyStruct>(
    op: 'xa_store' | 'xa_load' | 'xa_erase' | 'xa_find',
    xa: XArray<S>,
    rest: readonly Arg[],
  ): Ref<S> {
    const local = this.body.local(xa.struct.tag, xa.struct);
    this.body.emit(op, [local, this.body.program.table(xa), ...rest]);
    return this.ref(local, xa.struct);
  }
}
