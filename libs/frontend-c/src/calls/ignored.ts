/** Calls without a meaning for a model: prints, tracing, barriers. What they are given is read, unless the model says not. */
import type { Calling } from '../lower/calling.js';
import { OPAQUE, type Value } from '../lower/values.js';
import { some } from '../scan/walk.js';
import type { CallExpr, Expr } from '../syntax/ast.js';

const PRINTS =
  /^(printk|pr_\w+|(dev|netdev|device)_(dbg|info|warn|err|notice|emerg|crit|alert|printk)\w*)$/;
const SILENT =
  /^(lockdep_\w+|trace_\w+|barrier|smp_[rw]?mb\w*|cpu_relax|BUILD_BUG_ON\w*|snprintf|scnprintf|sprintf|strscpy|strlcpy|might_sleep|might_lock|mutex_init|mutex_destroy|spin_lock_init|raw_spin_lock_init|rwlock_init|init_rwsem|init_completion|init_waitqueue_head|__module_get)$/;

export const isIgnored = (name: string): boolean => PRINTS.test(name) || SILENT.test(name);

export function readArguments(c: Calling, { args, at }: CallExpr, name: string): Value {
  if (PRINTS.test(name) && c.model.matter.prints === 'read')
    for (const arg of args)
      if (arg.k !== 'string' && arg.k !== 'raw' && !takesAddress(arg)) c.value(arg);
  for (const arg of args)
    if (PRINTS.test(name) && c.model.matter.prints === 'ignore' && hasEffect(arg)) c.value(arg);
  c.model.notes.add('ignored', name, at);
  return OPAQUE;
}

const takesAddress = (e: Expr): boolean => e.k === 'unary' && e.op === '&';

/** Something happens when it is evaluated. */
export const hasEffect = (e: Expr): boolean =>
  some(e, ({ k }) => k === 'call' || k === 'assign' || k === 'step');
