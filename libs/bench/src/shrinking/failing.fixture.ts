/** A failing run for specs: long, and with a failure that some schedules do not have. */
import { compileAddress } from '@lastref/scenarios';
import { failingRun } from './contenders.js';
import { failingSeeds } from './failing-seeds.js';

const program = compileAddress('mlx5/buggy/main');
const signature = 'use-after-free@mlx5_cmd_invoke(cmd_wq freed by mlx5_cmd_cleanup)';
const found = failingSeeds(program, 1, 1_000).find((one) => one.signature === signature);
const [seed = -1] = found?.seeds ?? [];

export const failing = { program, signature, seed, run: failingRun(program, seed) };
