/** Pointers that RCU or SRCU protects (include/linux/rcupdate.h, include/linux/srcu.h). Each access is one step. */
import type { AnyStruct, FieldOf, PtrField, SrcuField } from '../language/struct.js';
import type { Loaded, Place, Ref } from '../language/values.js';
import { implicitPlace } from './implicit.js';
import { OutsideWorld } from './outside-world.js';

export class Rcu extends OutsideWorld {
  /** Reported where the task is in no RCU read section. */
  rcu_dereference<S extends AnyStruct>(pointer: Place<PtrField<S>>): Ref<S> {
    return this.protectedLoad('rcu_dereference', pointer, implicitPlace('rcu'));
  }

  /** Reported where the task is in no read section of the domain. */
  srcu_dereference<S extends AnyStruct>(
    pointer: Place<PtrField<S>>,
    ssp: Place<SrcuField>,
  ): Ref<S> {
    return this.protectedLoad('srcu_dereference', pointer, ssp);
  }

  /** By who updates: reported where the task does not hold the lock. */
  rcu_dereference_protected<S extends AnyStruct>(
    pointer: Place<PtrField<S>>,
    lock: Place<FieldOf<'mutex' | 'spinlock' | 'rwsem' | 'rwlock'>>,
  ): Ref<S> {
    return this.protectedLoad('rcu_dereference_protected', pointer, lock);
  }

  /** Publishes a pointer. */
  rcu_assign_pointer<S extends AnyStruct>(pointer: Place<PtrField<S>>, value: Ref<S> | null): void {
    this.markedStore(pointer, value);
  }

  private protectedLoad<S extends AnyStruct>(
    op: 'rcu_dereference' | 'srcu_dereference' | 'rcu_dereference_protected',
    pointer: Place<PtrField<S>>,
    protection: Place | undefined,
  ): Ref<S> {
    const struct = pointer.spec.kind === 'ptr' ? pointer.spec.target?.() : undefined;
    if (struct === undefined || protection === undefined)
      throw this.body.error(`${op} reads a pointer; '${pointer.field}' is none`);
    const local = this.body.local(pointer.field, struct);
    this.body.emit(op, [local, ...this.place(pointer), ...this.place(protection)]);
    return this.ref(local, struct) as Loaded<PtrField<S>>;
  }
}
