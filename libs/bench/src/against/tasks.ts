/**
 * What each row does: a driver, a program of the catalogue, and how much of it. Amounts take some tenth of a second each, so
 * that what disturbs the machine for a moment disturbs one round.
 */
import type { EngineRowName } from './names.js';

export interface EngineTask {
  readonly driver: 'walker' | 'interpreter' | 'search' | 'reduced search';
  readonly address: string;
  /** Schedules of a round, or searches. */
  readonly amount: number;
}

export const ENGINE_TASKS: Readonly<Record<EngineRowName, EngineTask>> = {
  'walker-nbd': { driver: 'walker', address: 'nbd/buggy/main', amount: 2_000_000 },
  'walker-mlx5': { driver: 'walker', address: 'mlx5/buggy/main', amount: 500_000 },
  'interpreter-nbd': { driver: 'interpreter', address: 'nbd/buggy/main', amount: 60_000 },
  'interpreter-mlx5': { driver: 'interpreter', address: 'mlx5/buggy/main', amount: 20_000 },
  'search-nbd': { driver: 'search', address: 'nbd/without-genl-mutex/two-connects', amount: 1 },
  'search-mlx5': { driver: 'search', address: 'mlx5/present-without-rtnl/main', amount: 1 },
  'reduced-nbd': {
    driver: 'reduced search',
    address: 'nbd/without-genl-mutex/two-connects',
    amount: 1,
  },
  'reduced-mlx5': {
    driver: 'reduced search',
    address: 'mlx5/present-without-rtnl/main',
    amount: 1,
  },
};
