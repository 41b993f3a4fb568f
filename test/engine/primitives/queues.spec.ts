/** A queue that no item can be put on. */
import { ptr, statics, task, Workqueue } from '@lastref/authoring';
import { proveTiny } from '../support/tiny.js';

class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
const { wq } = statics({ wq: ptr(() => Wq) });

it('is flushed and destroyed at once', () => {
  const result = proveTiny({
    given: (f) => {
      f.store(wq, f.alloc_workqueue(Wq));
    },
    tasks: [
      task('1', (f) => {
        const queue = f.load(wq);
        f.store(wq, null);
        f.flush_workqueue(queue);
        f.destroy_workqueue(queue);
      }),
    ],
  });
  expect(result).toMatchObject({ failures: [], unexecuted: [] });
});
