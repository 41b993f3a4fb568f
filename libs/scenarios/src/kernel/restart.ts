/**
 * A syscall that tries a lock and starts again (restart_syscall, include/linux/sched/signal.h), as sysfs handlers do with
 * rtnl_trylock: it goes back to user mode and is entered anew, so switching away there is no preemption.
 */
import { primitive, type FunctionBuilder, type MutexField, type Place } from '@lastref/authoring';

/** Takes the lock, however often the syscall has to be entered for it. */
export const trylock_or_restart = (f: FunctionBuilder, lock: Place<MutexField>): void => {
  const enter = primitive('restart_syscall', 'include/linux/sched/signal.h', (g) => {
    g.while(
      () => g.not(g.mutex_trylock(lock)),
      () => {
        g.return_to_user();
      },
    );
  });
  f.call(enter);
};
