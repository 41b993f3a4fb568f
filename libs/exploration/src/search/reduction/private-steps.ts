/**
 * Steps on one object that a local points to: what they touch if no other task can come to touch that object, which is
 * all but its life and fields.
 */
import { at, cell, resource, type Program } from '@lastref/kernel';
import type { Bits } from './bits.js';
import type { EffectBits } from './effect-bits.js';

export interface PrivateStep {
  /** The local that points to the object. */
  readonly local: number;
  readonly effect: Bits;
}

/** The step at the operation if its object is private; null where it touches more than one object, or none. */
export function privateStep(program: Program, effects: EffectBits, pc: number): PrivateStep | null {
  const object = objectOf(program, pc);
  if (object === null) return null;
  const { local, field } = object;
  const type = effects.effects.pointeeOf(pc, local);
  const own = [resource.life(type), ...(field < 0 ? [] : [resource.field(type, field)])];
  const effect = at(effects.step, pc).slice();
  const mine = effects.bits({ reads: new Set(own), writes: new Set(own) });
  for (let i = 0; i < effect.length; i++) effect[i] = cell(effect, i) & ~cell(mine, i);
  return { local, effect };
}

function objectOf(program: Program, pc: number): { local: number; field: number } | null {
  const { op, args } = at(program.code, pc);
  const place = (i: number): { local: number; field: number } | null => {
    const [local, field] = [at(args, i), at(args, i + 1)];
    return local < 0 ? null : { local, field };
  };
  switch (op) {
    case 'load':
      return place(1);
    case 'kfree':
      return { local: at(args, 0), field: -1 };
    case 'store':
    case 'test_bit':
    case 'test_and_set_bit':
    case 'test_and_clear_bit':
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
    case 'refcount_set':
    case 'refcount_inc':
    case 'refcount_inc_not_zero':
    case 'refcount_dec_not_one':
    case 'refcount_dec_and_test':
    case 'complete':
    case 'wait_for_completion':
    case 'wait_external':
    case 'kernfs_create':
    case 'kernfs_get_active':
    case 'kernfs_put_active':
    case 'kernfs_deactivate':
    case 'kernfs_drain':
      return place(0);
    default:
      return null;
  }
}
