import { flag, fn, ptr, refcount, statics, Struct, type Ref } from '@lastref/authoring';
import { userspace } from '@lastref/scenarios';
import { named, type Body } from '../library/named.js';
import { proveTiny } from '../support/tiny.js';

class Session extends Struct {
  static override readonly tag = 'session';
  used = flag();
}
class Block extends Struct {
  static override readonly tag = 'block';
  use_count = refcount(3);
  weak_count = refcount(4);
  session = ptr(() => Session);
}
const { block } = statics({ block: ptr(() => Block) });

const destroy = fn('destroy', 'a.cc', (f, sp: Ref<typeof Block>) => {
  f.kfree(f.load(sp.session));
});

/** One owner, one weak pointer. */
const given: Body = (f) => {
  const sp = f.kzalloc(Block);
  f.store(sp.session, f.kzalloc(Session));
  userspace.shared_ptr(f, sp);
  userspace.weak_ptr(f, sp);
  f.store(block, sp);
};
const owner: Body = (f) => {
  const sp = f.load(block);
  f.set_bit(f.load(sp.session).used);
  userspace.shared_ptr_reset(f, sp, destroy);
};
/** @param locks or goes through the pointer as it is */
const observer =
  (locks: boolean): Body =>
  (f) => {
    const wp = f.load(block);
    const use = (): void => {
      f.set_bit(f.load(wp.session).used);
    };
    if (locks)
      f.if(userspace.weak_ptr_lock(f, wp), () => {
        use();
        userspace.shared_ptr_reset(f, wp, destroy);
      });
    else use();
    userspace.weak_ptr_reset(f, wp);
  };
/** The static is where both found the block; the last of them forgets it. */
const run = (bodies: Readonly<Record<string, Body>>) => proveTiny({ given, tasks: named(bodies) });

describe('shared_ptr and weak_ptr', () => {
  it('destroy the object once, and keep the block for who may still lock', () => {
    expect(run({ owner, observer: observer(true) })).toMatchObject({ failures: [], reports: [] });
  });

  it('are used after free by who does not lock', () => {
    expect(run({ owner, observer: observer(false) }).failures).toEqual([
      'use-after-free@observer(session freed by destroy)',
    ]);
  });

  it('copy no owner once there is none', () => {
    const revives: Body = (f) => {
      const wp = f.load(block);
      userspace.shared_ptr_copy(f, wp);
      userspace.shared_ptr_reset(f, wp, destroy);
      userspace.weak_ptr_reset(f, wp);
    };
    expect(run({ owner, revives }).failures).toEqual([
      'refcount-inc-from-zero@revives(block.use_count)',
    ]);
  });

  it('lose the object where an owner is not reset', () => {
    const forgets: Body = (f) => {
      const wp = f.load(block);
      f.ignore(userspace.weak_ptr_lock(f, wp));
      f.store(block, null);
      userspace.weak_ptr_reset(f, wp);
    };
    expect(run({ forgets }).failures).toEqual(['leak@given(block)+given(session)']);
  });
});
