/**
 * wait_event and its like (include/linux/wait.h, ___wait_event): the condition is tested, and tested again behind
 * prepare_to_wait, so that no wake-up is lost. Conditions are written with the caller's builder, as the macro's are.
 */
import {
  primitive,
  type Cond,
  type FunctionBuilder,
  type Int,
  type Place,
} from '@lastref/authoring';

type Queue = Place<{ readonly kind: 'waitqueue' }>;
type Condition = () => Cond;

const WAIT_H = 'include/linux/wait.h';

type Prepare = 'prepare_to_wait' | 'prepare_to_wait_exclusive';

const waiting =
  (name: string, prepare: Prepare) =>
  (f: FunctionBuilder, queue: Queue, condition: Condition): void => {
    const wait = primitive(name, WAIT_H, (g) => {
      g.if(condition(), () => {
        g.return();
      });
      g.while(
        () => {
          g[prepare](queue);
          return g.not(condition());
        },
        () => {
          g.schedule(queue);
        },
      );
      g.finish_wait(queue);
    });
    f.call(wait);
  };

/** Returns when the condition holds. */
export const wait_event = waiting('wait_event', 'prepare_to_wait');

/** The same as one of those that a wake-up wakes one at a time (wait_event_exclusive_cmd, without commands). */
export const wait_event_exclusive = waiting('wait_event_exclusive', 'prepare_to_wait_exclusive');

type Pending = 'signal_pending' | 'fatal_signal_pending';
type Sleep = 'schedule_interruptible' | 'schedule_killable';

const leaving =
  (name: string, prepare: Prepare, pending: Pending, sleep: Sleep) =>
  (f: FunctionBuilder, queue: Queue, condition: Condition): Int => {
    const wait = primitive.int(name, WAIT_H, (g) => {
      g.if(condition(), () => {
        g.return(0);
      });
      g.while(
        () => {
          g[prepare](queue);
          return g.not(condition());
        },
        () => {
          g.if(g[pending](), () => {
            g.finish_wait(queue);
            g.return('-ERESTARTSYS');
          });
          g.ignore(g[sleep](queue));
        },
      );
      g.finish_wait(queue);
    });
    return f.call(wait);
  };

/** 0 when the condition holds, -ERESTARTSYS if a signal came first. */
export const wait_event_interruptible = leaving(
  'wait_event_interruptible',
  'prepare_to_wait',
  'signal_pending',
  'schedule_interruptible',
);

/** The same, exclusively. */
export const wait_event_interruptible_exclusive = leaving(
  'wait_event_interruptible_exclusive',
  'prepare_to_wait_exclusive',
  'signal_pending',
  'schedule_interruptible',
);

/** 0 when the condition holds, -ERESTARTSYS if a fatal signal came first. */
export const wait_event_killable = leaving(
  'wait_event_killable',
  'prepare_to_wait',
  'fatal_signal_pending',
  'schedule_killable',
);

/** 1 when the condition holds, 0 if time was up and it does not. */
export const wait_event_timeout = (f: FunctionBuilder, queue: Queue, condition: Condition): Int => {
  const wait = primitive.int('wait_event_timeout', WAIT_H, (g) => {
    g.if(condition(), () => {
      g.return(1);
    });
    g.while(
      () => {
        g.prepare_to_wait(queue);
        return g.not(condition());
      },
      () => {
        g.unless(g.schedule_timeout(queue), () => {
          const holds = g.var('holds', 1);
          g.if(condition(), () => {
            g.set(holds, 1);
          });
          g.finish_wait(queue);
          g.return(holds);
        });
      },
    );
    g.finish_wait(queue);
    g.return(1);
  });
  return f.call(wait);
};
