/**
 * CB/stringbuffer-jdk1.4 of SCTBench (stringbuffer.cpp): append asks the other buffer for its length and then for its characters, each
 * under the lock but not both. A memcpy is one step. Fixed, our own: append keeps the lock of what it appends.
 */
import { fn, int, mutex, statics, type Int } from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { pthreads } from '../threads.js';
import { fails, plus } from '../values.js';

const C = 'CB/stringbuffer.cpp';
const ADDED = 3;
const MOST = 6;
const { buffer_lock, buffer_count, buffer_length, buffer_value } = statics({
  buffer_lock: mutex(),
  buffer_count: int(MOST, ADDED),
  buffer_length: int(19, 19),
  buffer_value: int(1, 1),
});
const { sb_lock, sb_count, sb_length, sb_value } = statics({
  sb_lock: mutex(),
  sb_count: int(MOST),
  sb_length: int(16, 16),
  sb_value: int(1),
});

/** erase(0, 3). */
const erase = fn('StringBuffer::erase', C, (f) => {
  f.mutex_lock(buffer_lock);
  const count = f.load(buffer_count);
  const end = f.var('end', MOST, ADDED);
  f.if(f.lt(count, ADDED), () => {
    f.set(end, f.load(buffer_count));
  });
  f.if(f.ne(end, 0), () => {
    f.load(buffer_count);
    f.store(buffer_value, 0);
    const left = f.var('left', MOST);
    f.sub(left, f.load(buffer_count), end);
    f.store(buffer_count, left);
  });
  f.mutex_unlock(buffer_lock);
});

const append_chars = fn('StringBuffer::append_chars', C, (f) => {
  f.mutex_lock(buffer_lock);
  const newcount = plus(f, f.load(buffer_count), ADDED, MOST);
  f.load(buffer_length);
  f.load(buffer_count);
  f.store(buffer_value, 1);
  f.store(buffer_count, newcount);
  f.mutex_unlock(buffer_lock);
});

const length = fn.int('StringBuffer::length', C, (f) => {
  if (!f.is(FIXED)) f.mutex_lock(buffer_lock);
  const count = f.load(buffer_count);
  if (!f.is(FIXED)) f.mutex_unlock(buffer_lock);
  f.return(count);
});

const getChars = fn('StringBuffer::getChars', C, (f, srcEnd: Int) => {
  if (!f.is(FIXED)) f.mutex_lock(buffer_lock);
  f.if(f.lt(f.load(buffer_count), srcEnd), () => {
    fails(f, 'srcEnd is within');
  });
  f.load(buffer_value);
  f.store(sb_value, 1);
  if (!f.is(FIXED)) f.mutex_unlock(buffer_lock);
});

const append = fn('StringBuffer::append', C, (f) => {
  f.mutex_lock(sb_lock);
  if (f.is(FIXED)) f.mutex_lock(buffer_lock);
  const len = f.call(length);
  f.load(sb_count);
  f.load(sb_length);
  f.load(sb_count);
  f.call(getChars, len);
  f.store(sb_count, len);
  if (f.is(FIXED)) f.mutex_unlock(buffer_lock);
  f.mutex_unlock(sb_lock);
});

export const stringbuffer: Exhibit = {
  name: 'stringbuffer',
  published: 'CB/stringbuffer-jdk1.4',
  spec: {
    title: 'one appends a buffer that another erases',
    tasks: pthreads(
      [
        [
          'thread_main',
          (f) => {
            f.call(erase);
            f.call(append_chars);
          },
        ],
      ],
      (f) => {
        f.call(append);
      },
    ),
  },
  expect: 'all:invariant@StringBuffer::getChars',
  min: '0/2/2',
};
