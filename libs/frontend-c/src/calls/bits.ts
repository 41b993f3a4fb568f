/** Flag bits: each number is a flag of its own. The forms with __ are a load and a store. */
import type { Place } from '@lastref/authoring';
import type { Calling, Handler } from '../lower/calling.js';
import { conditionOf, VOID } from '../lower/values.js';
import { textOf } from '../scan/walk.js';
import type { CallExpr } from '../syntax/ast.js';
import { Fault } from '../text/diagnostics.js';
import { argument } from './counts.js';

type Flag = Place<{ readonly kind: 'int' }>;

function bit(c: Calling, call: CallExpr): Flag {
  const number = argument(call, 0);
  const word = argument(call, 1);
  const name = c.model.scan.bitName(number);
  const value = c.value(word);
  if (name === null) throw new Fault(number.at, 'the number of a flag bit must be a constant');
  const place = value.t === 'bits' ? value.bits.bit(name) : null;
  if (place === null) throw new Fault(word.at, `'${textOf(word)}' holds no flag bits`);
  c.here(call.at);
  return place as Flag;
}

export const BITS: Readonly<Record<string, Handler>> = {
  test_bit: (c, call) => conditionOf(c.f.test_bit(bit(c, call))),
  test_and_set_bit: (c, call) => conditionOf(c.f.test_and_set_bit(bit(c, call))),
  test_and_clear_bit: (c, call) => conditionOf(c.f.test_and_clear_bit(bit(c, call))),
  set_bit: (c, call) => {
    c.f.set_bit(bit(c, call));
    return VOID;
  },
  clear_bit: (c, call) => {
    c.f.clear_bit(bit(c, call));
    return VOID;
  },
  __set_bit: (c, call) => {
    const place = bit(c, call);
    c.f.load(place);
    c.f.store(place, 1);
    return VOID;
  },
  __clear_bit: (c, call) => {
    const place = bit(c, call);
    c.f.load(place);
    c.f.store(place, 0);
    return VOID;
  },
};
