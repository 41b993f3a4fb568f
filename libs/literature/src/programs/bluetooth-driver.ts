/**
 * CS/bluetooth_driver of SCTBench (bluetooth_driver_bad.c; first in KISS, Qadeer and Wu 2004): adding looks at the stop flag
 * before it counts itself in. Both paths are threads, as the artefacts of PERIOD and SURW run it. Fixed, our own: it counts first.
 */
import { flag, fn, mutex, signed, statics, type FunctionBuilder } from '@lastref/authoring';
import { FIXED, type Exhibit } from '../exhibit.js';
import { pthreads, runs } from '../threads.js';
import { add, fails } from '../values.js';

const C = 'CS/bluetooth_driver_bad.c';
const LEAST = -2;
const MOST = 3;
const { atomic, pendingIo, stoppingFlag, stoppingEvent, stopped } = statics({
  atomic: mutex(),
  pendingIo: signed(LEAST, MOST, 1),
  stoppingFlag: flag(),
  stoppingEvent: flag(),
  stopped: flag(),
});

const increment = (f: FunctionBuilder): void => {
  f.mutex_lock(atomic);
  add(f, pendingIo, 1, MOST, LEAST);
  f.mutex_unlock(atomic);
};

const BCSP_IoDecrement = fn('BCSP_IoDecrement', C, (f) => {
  f.mutex_lock(atomic);
  add(f, pendingIo, -1, MOST, LEAST);
  const pending = f.load(pendingIo);
  f.mutex_unlock(atomic);
  f.if(f.eq(pending, 0), () => {
    f.set_bit(stoppingEvent);
  });
});

const BCSP_IoIncrement = fn.int('BCSP_IoIncrement', C, (f) => {
  if (f.is(FIXED)) {
    increment(f);
    f.if(f.test_bit(stoppingFlag), () => {
      f.call(BCSP_IoDecrement);
      f.return(1);
    });
  } else {
    f.if(f.test_bit(stoppingFlag), () => {
      f.return(1);
    });
    increment(f);
  }
});

const BCSP_PnpAdd = fn('BCSP_PnpAdd', C, (f) => {
  const status = f.call(BCSP_IoIncrement);
  f.if(f.eq(status, 0), () => {
    f.if(f.test_bit(stopped), () => {
      fails(f, 'stopped');
    });
    if (f.is(FIXED)) f.call(BCSP_IoDecrement);
  });
  if (!f.is(FIXED)) f.call(BCSP_IoDecrement);
});

const BCSP_PnpStop = fn('BCSP_PnpStop', C, (f) => {
  f.set_bit(stoppingFlag);
  f.call(BCSP_IoDecrement);
  f.if(f.test_bit(stoppingEvent), () => {
    f.set_bit(stopped);
  });
});

export const bluetoothDriver: Exhibit = {
  name: 'bluetooth-driver',
  published: 'CS/bluetooth_driver',
  spec: {
    title: 'the driver is stopped while a request comes in',
    tasks: pthreads([runs('stop', BCSP_PnpStop), runs('add', BCSP_PnpAdd)]),
  },
  expect: 'all:invariant@BCSP_PnpAdd',
  min: '0/1/3',
};
