/**
 * Which classes of locks stay held while some tasks do not move: frozen-locks.golden.txt has them, for locks as they are
 * held in the states of small programs. A class too many is a step that is put off although it can be taken.
 */
import { tablesOf, type LockUse, type Machine, type Way } from '@lastref/kernel';
import {
  FrozenLocks,
  isStuck,
  type Frozen,
} from '../../../../libs/exploration/src/search/reduction/frozen-locks.js';
import { PROGRAMS } from './programs.js';
import { expectGolden, maskTold, once, visitStates } from './told.js';

const FREE: Frozen = { exclusive: 0, shared: 0 };

const told = ({ exclusive, shared }: Frozen): string =>
  `${maskTold(exclusive)}, read ${maskTold(shared)}`;

/** What the slots hold that say who holds a lock, but for objects that are not there yet. */
const locksTold = ({ tables, state }: Machine): string =>
  tables.lockSlots
    .flatMap(({ slot }) => {
      const { owner, name } = tables.layout.slots[slot] ?? { owner: 0, name: '' };
      const life = owner === 0 ? 1 : (state[tables.life[owner] ?? 0] ?? 0);
      const isDead = owner !== 0 && life > (tables.liveMax[owner] ?? 0);
      return life === 0 ? [] : [`${name}${isDead ? ' of the dead' : ''} ${state[slot] ?? 0}`];
    })
    .join(', ') || 'no locks';

it('tells what the golden file has', () => {
  const lines = PROGRAMS.flatMap(([title, program]) => {
    const tables = tablesOf(program);
    if (tables.lockSlots.length === 0) return [];
    const locks = new FrozenLocks(tables);
    const found: string[] = [];
    visitStates(program, (machine) => {
      for (const still of [-1, ...tables.layout.tasks.map((_, task) => 1 << task)]) {
        const frozen = locks.heldBy(machine, still);
        if (frozen.exclusive === 0 && frozen.shared === 0 && still !== -1) continue;
        const thawed = program.types.flatMap(({ name }, type) => {
          const kept = locks.thawed(frozen, (one) => one === type);
          return told(kept) === told(frozen) ? [] : [`; with a new ${name} ${told(kept)}`];
        });
        const who = still === -1 ? 'all' : maskTold(still);
        found.push(`  ${locksTold(machine)}: by ${who} ${told(frozen)}${thawed.join('')}`);
      }
    });
    return [title, ...once(found)];
  });
  expectGolden('frozen-locks', lines);
});

it('nothing new thaws nothing, and everything new thaws the locks in objects', () => {
  const all: Frozen = { exclusive: -1, shared: -1 };
  for (const [, program] of PROGRAMS) {
    const tables = tablesOf(program);
    const locks = new FrozenLocks(tables);
    expect(locks.thawed(all, () => false)).toEqual(all);
    const inObjects = tables.lockClasses.reduce(
      (bits, { type = -1 }, cls) => (type >= 0 ? bits | (1 << cls) : bits),
      0,
    );
    expect(locks.thawed(all, () => true)).toEqual({ exclusive: ~inObjects, shared: ~inObjects });
    expect(locks.thawed(FREE, () => true)).toEqual(FREE);
  }
});

describe('an operation about a lock', () => {
  const use = (...blockedBy: Way[]): LockUse => ({
    operand: 0,
    takes: 'exclusive',
    gives: 'nothing',
    blockedBy,
    ordered: true,
  });
  const held: Frozen = { exclusive: 0b10, shared: 0 };
  const read: Frozen = { exclusive: 0, shared: 0b10 };

  it.each([
    [use('exclusive'), [true, false]],
    [use('shared'), [false, true]],
    [use('exclusive', 'shared'), [true, true]],
    [use('awaited'), [false, false]],
    [use(), [false, false]],
  ])('gets past it unless it is held in a way that blocks: %j', (about, [byHeld, byRead]) => {
    expect([isStuck(about, 1, held), isStuck(about, 1, read)]).toEqual([byHeld, byRead]);
    expect([isStuck(about, 0, held), isStuck(about, 0, read)]).toEqual([false, false]);
  });

  it('gets past whoever came after it, so that none who holds it now is known to stop it', () => {
    const about: LockUse = { ...use('exclusive', 'shared'), snapshot: true };
    expect([isStuck(about, 1, held), isStuck(about, 1, read)]).toEqual([false, false]);
  });

  it('of no class is not stuck, though class 31 is held', () => {
    const all: Frozen = { exclusive: -1, shared: -1 };
    expect(isStuck(use('exclusive', 'shared'), -1, all)).toBe(false);
    expect(isStuck(use('exclusive', 'shared'), 0, all)).toBe(true);
  });
});
