import { agreedKinds } from '../random/drivers.js';
import { tiny } from '../support/tiny.js';
import { TRICKY } from './tricky-programs.js';

it.each(TRICKY)('no search loses anything of %s', (_, spec) => {
  const kinds = agreedKinds(tiny(spec));
  expect(kinds).toBeDefined();
  expect(kinds).not.toEqual([]);
});
