/**
 * A wait for the world outside (data on a socket, a user's next call): passes when a flag is set, and waiting for ever
 * is neither a hang nor a deadlock. It is not wait_event(), whose sleeper is hung when nobody wakes it.
 */
import { place } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';

export const operations = {
  wait_external: operation({
    kernel: 'a wait for the outside world',
    says: 'Waits until the flag is set, if need be for ever: no hung task, unlike wait_event().',
    operands: [place('flag', ['int'], 'reads')],
    lock: 'none',
    sleeps: true,
    raises: [],
    wait: {
      until: (m, task, row) =>
        m.dangling(task, row + Row.arg) || (m.state[m.place(task, row + Row.arg)] as number) !== 0,
      holders: 'unknown',
      endsBy: 'anyone',
      external: true,
    },
    step: (m, task, row) =>
      m.place(task, row + Row.arg) === Exit.failed
        ? Exit.failed
        : (m.code[row + Row.next] as number),
  }),
};
