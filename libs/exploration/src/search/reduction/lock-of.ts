/** Which lock class an operation is about, by number in the tables; -1 where it is about none. */
import { at, type OpDecl, type Tables } from '@lastref/kernel';

export type LockUse = 'waits' | 'tries' | 'none';

/** Whether the operation cannot pass while another task holds the lock exclusively. */
export function lockUse({ op }: OpDecl): LockUse {
  switch (op) {
    case 'mutex_lock':
    case 'spin_lock':
    case 'down_read':
    case 'down_write_wait':
    case 'kernfs_drain':
    case 'destroy_workqueue_wait':
      return 'waits';
    case 'mutex_trylock':
      return 'tries';
    default:
      return 'none';
  }
}

/** The class of the lock, active reference or queue that the operation's first operand names. */
export function lockClassOf(
  { program, lockClasses, bodyOf, classOfQueueType }: Tables,
  pc: number,
): number {
  const { op, args } = at(program.code, pc);
  const pointee = (local: number): number =>
    program.bodies[bodyOf[pc] ?? -1]?.locals[local]?.type ?? -1;
  switch (op) {
    case 'flush_workqueue_wait':
    case 'destroy_workqueue_wait':
      return classOfQueueType[pointee(at(args, 0))] ?? -1;
    case 'mutex_lock':
    case 'mutex_trylock':
    case 'mutex_unlock':
    case 'spin_lock':
    case 'spin_unlock':
    case 'down_read':
    case 'up_read':
    case 'down_write':
    case 'down_write_wait':
    case 'up_write':
    case 'kernfs_get_active':
    case 'kernfs_put_active':
    case 'kernfs_drain': {
      const [base, field] = [at(args, 0), at(args, 1)];
      const type = base < 0 ? -1 : pointee(base);
      return lockClasses.findIndex((cls) => cls.type === type && cls.field === field);
    }
    default:
      return -1;
  }
}
