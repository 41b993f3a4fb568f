import { bugTitle } from './bug-title.js';

describe('the title of a bug', () => {
  it.each([
    [
      'deadlock@del_gendisk(gendisk.open_mutex)+nbd_open(nbd_index_mutex)',
      'deadlock between del_gendisk and nbd_open',
    ],
    ['deadlock@del_gendisk(gendisk.open_mutex)', 'deadlock of del_gendisk with itself'],
    [
      'use-after-free@nbd_put(nbd_device freed by nbd_dev_remove)',
      'use after free in nbd_put: nbd_device freed by nbd_dev_remove',
    ],
    ['lock-order@a.lock+b.lock+c.lock', 'lock order between a.lock, b.lock and c.lock'],
    ['hung-task@nbd_genl_connect', 'hung task in nbd_genl_connect'],
    ['strange', 'strange'],
    ['leak@', 'leak@'],
  ])('%s', (signature, title) => {
    expect(bugTitle(signature)).toBe(title);
  });
});
