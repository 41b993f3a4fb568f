/** Waits for the outside world at a flag in an object. */
import { flag, fn, ptr, statics, Struct, task, type FunctionBuilder } from '@lastref/authoring';
import { proveTiny } from '../support/tiny.js';

class Socket extends Struct {
  static override readonly tag = 'socket';
  readable = flag();
}
const { socket, none } = statics({ socket: ptr(() => Socket), none: ptr(() => Socket) });

const recv = fn('recv', 'a.c', (f) => {
  // Not the socket that is waited for, though the first pointer of the function.
  const first = f.load(none);
  f.wait_for_outside_world(f.load(socket).readable);
  f.ignore(f.is_null(first));
  f.invariant('nothing is received', 0);
});
const beside = (body: (f: FunctionBuilder) => void) =>
  proveTiny({
    given: (f) => {
      f.store(socket, f.kzalloc(Socket));
    },
    tasks: [
      task('recv', (f) => {
        f.call(recv);
      }),
      task('beside', (f) => {
        f.call(fn('beside', 'a.c', body));
      }),
    ],
  });

it('goes on when the flag is set, and only then', () => {
  const set = beside((f) => {
    f.set_bit(f.load(socket).readable);
  });
  const clear = beside((f) => {
    f.clear_bit(f.load(socket).readable);
  });
  expect(set.failures).toEqual(['invariant@recv(nothing is received)']);
  expect(clear.failures).toEqual([]);
});

it('notices that the flag is gone', () => {
  const freed = beside((f) => {
    f.kfree(f.load(socket));
  });
  expect(freed.failures).toEqual(['use-after-free@recv(socket freed by beside)']);
});
