/** When the rest of the candidates is expanded too: where a chosen step fails, and where none leads on. */
import type { GraphVisitor, StateGraph } from '../../../../libs/exploration/src/search/graph.js';
import { expandReduced } from '../../../../libs/exploration/src/search/reduction/expand-reduced.js';
import type { Reduction } from '../../../../libs/exploration/src/search/reduction/reduction.js';

const STATE = 5;
/** What a candidate's step leads to. */
type Step = number | 'fails';

/** Expands a state with those steps by tasks 0, 1 ... of which some are chosen. @returns what the visitor saw */
function seen(steps: readonly Step[], chosen: number): string[] {
  const all = (1 << steps.length) - 1;
  const found: string[] = [];
  const visitor: GraphVisitor = {
    stepped: (task) => found.push(`stepped ${task}`),
    edge: (from, task, fault, to, isNew) =>
      found.push(
        `${from} to ${to} by ${task}${fault ? ' with a fault' : ''}${isNew ? ', new' : ''}`,
      ),
    failure: (from, task, fault) =>
      found.push(`${from} fails by ${task}${fault ? ' with a fault' : ''}`),
    end: (state, ending) => found.push(`${state} ends ${JSON.stringify(ending)}`),
  };
  const graph: Pick<StateGraph, 'expand'> = {
    expand: (state, to, choose) => {
      if (steps.length === 0) {
        to.end?.(state, 'clean');
        return;
      }
      const mask = choose?.(all) ?? all;
      steps.forEach((step, task) => {
        if ((mask & (1 << task)) === 0) return;
        if (step === 'fails') to.failure?.(state, task, true);
        else {
          to.stepped?.(task);
          to.edge?.(state, task, false, step, step > STATE);
        }
      });
    },
  };
  const reduction: Pick<Reduction, 'choose'> = {
    choose: (candidates) => {
      expect(candidates).toBe(all);
      return chosen;
    },
  };
  expandReduced(graph as StateGraph, STATE, visitor, reduction as Reduction);
  expandReduced(graph as StateGraph, STATE, {}, reduction as Reduction);
  return found;
}

it('the chosen alone where one of them leads on', () => {
  expect(seen([6, 7, 8], 0b010)).toEqual(['stepped 1', '5 to 7 by 1, new']);
  expect(seen([3, 7, 8], 0b011)).toEqual([
    'stepped 0',
    '5 to 3 by 0',
    'stepped 1',
    '5 to 7 by 1, new',
  ]);
});

it('the rest after them where a chosen step fails', () => {
  expect(seen([6, 'fails', 8], 0b011)).toEqual([
    'stepped 0',
    '5 to 6 by 0, new',
    '5 fails by 1 with a fault',
    'stepped 2',
    '5 to 8 by 2, new',
  ]);
});

it.each([3, STATE])('the rest after them where none leads on, but to state %i', (back) => {
  expect(seen([6, back], 0b010)).toEqual([
    'stepped 1',
    `5 to ${back} by 1`,
    'stepped 0',
    '5 to 6 by 0, new',
  ]);
});

it('nothing twice where all were chosen', () => {
  expect(seen(['fails', 3], 0b11)).toEqual([
    '5 fails by 0 with a fault',
    'stepped 1',
    '5 to 3 by 1',
  ]);
});

it('an end is told', () => {
  expect(seen([], 0)).toEqual(['5 ends "clean"']);
});
