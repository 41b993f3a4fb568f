/**
 * The canary of nights, no bug and not listed: two programs whose answers are known: two tasks that take two locks, in opposite orders
 * (`fails`: they deadlock in a good part of all runs, under every strategy) and in the same order (`holds`: proved never to). If the
 * first is ever clean or the second ever is not, then what the night says of other programs is worth nothing either.
 */
import {
  compileWithLines,
  type Compiled,
  fn,
  mutex,
  type Scenario,
  statics,
  task,
} from '@lastref/authoring';

const CANARY_C = 'canary.c';
const { left, right } = statics({ left: mutex(), right: mutex() });

const left_first = fn('left_first', CANARY_C, (f) => {
  f.mutex_lock(left);
  f.mutex_lock(right);
  f.mutex_unlock(right);
  f.mutex_unlock(left);
});

const right_first = fn('right_first', CANARY_C, (f) => {
  f.mutex_lock(right);
  f.mutex_lock(left);
  f.mutex_unlock(left);
  f.mutex_unlock(right);
});

const canary: Scenario = {
  name: 'canary',
  title: 'programs whose answers are known, beside every night',
  switches: { opposite: 'the second task takes the locks in the opposite order' },
  variants: {
    fails: {
      title: 'opposite orders',
      switches: ['opposite'],
      cases: { main: { title: 'two tasks, two locks', tasks: tasks() } },
    },
    holds: {
      title: 'one order',
      switches: [],
      cases: { main: { title: 'two tasks, two locks', tasks: tasks() } },
    },
  },
};

function tasks(): ReturnType<typeof task>[] {
  return [
    task('one', (f) => {
      f.call(left_first);
    }),
    task('two', (f) => {
      if (f.is('opposite')) f.call(right_first);
      else f.call(left_first);
    }),
  ];
}

export const canaryOf = (address: string): Compiled['program'] =>
  compileWithLines(canary, address).program;
