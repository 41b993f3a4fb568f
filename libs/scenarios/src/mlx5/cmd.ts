/** The command interface (mlx5/core/cmd.c): a message from the DMA pool, queued for a worker, answered by the firmware. */
import { fn, type Ref } from '@lastref/authoring';
import { dma_pool_alloc, dma_pool_create, dma_pool_destroy, dma_pool_free } from './dma-pool.js';
import { CMD_C, CmdWorkEnt, CmdWq, DmaPage, type Mlx5CoreDev } from './objects.js';

type Dev = Ref<typeof Mlx5CoreDev>;
type Ent = Ref<typeof CmdWorkEnt>;

/** A message is one block. */
const mlx5_alloc_cmd_msg = fn.ptr(DmaPage, 'mlx5_alloc_cmd_msg', CMD_C, (f, dev: Dev) => {
  const pool = f.load(dev.cmd_pool);
  f.milestone('pool-accessed');
  f.return(f.call(dma_pool_alloc, pool));
});

const mlx5_free_cmd_msg = fn(
  'mlx5_free_cmd_msg',
  CMD_C,
  (f, dev: Dev, block: Ref<typeof DmaPage>) => {
    f.call(dma_pool_free, f.load(dev.cmd_pool), block);
  },
);

/** Leaves a page in the pool with no block in use. */
const create_msg_cache = fn('create_msg_cache', CMD_C, (f, dev: Dev) => {
  const pool = f.load(dev.cmd_pool);
  f.call(dma_pool_free, pool, f.call(dma_pool_alloc, pool));
});

export const mlx5_cmd_init = fn('mlx5_cmd_init', CMD_C, (f, dev: Dev) => {
  f.store(dev.cmd_pool, f.call(dma_pool_create, dev));
  f.call(create_msg_cache, dev);
  f.store(dev.cmd_wq, f.alloc_workqueue(CmdWq));
  f.clear_bit(dev.cmd_down);
});

/** Neither pointer is set to NULL. */
export const mlx5_cmd_cleanup = fn('mlx5_cmd_cleanup', CMD_C, (f, dev: Dev) => {
  const wq = f.load(dev.cmd_wq);
  f.milestone('workqueue-destroyed');
  f.destroy_workqueue(wq);
  f.call(dma_pool_destroy, f.load(dev.cmd_pool));
});

/** kworker: posts the command; the firmware answers at once, if there is an event queue to answer on. */
export const cmd_work_handler = fn('cmd_work_handler', CMD_C, (f, ent: Ent) => {
  const dev = f.load(ent.dev);
  f.if(f.test_bit(dev.eqs), () => {
    f.complete(ent.done);
  });
});

const wait_func = fn.int('wait_func', CMD_C, (f, ent: Ent) => {
  f.unless(f.wait_for_completion_timeout(ent.done), () => {
    f.return('-ETIMEDOUT');
  });
});

const mlx5_cmd_invoke = fn.int('mlx5_cmd_invoke', CMD_C, (f, dev: Dev) => {
  const ent = f.kzalloc(CmdWorkEnt);
  f.store(ent.dev, dev);
  const wq = f.load(dev.cmd_wq);
  f.milestone('message-queued');
  f.queue_work(wq, ent.work);
  const err = f.call(wait_func, ent);
  f.kfree(ent);
  f.return(err);
});

const cmd_exec = fn.int('cmd_exec', CMD_C, (f, dev: Dev) => {
  if (f.is('bare-interface-state-test'))
    f.unless(f.test_bit(dev.interface_up), () => {
      f.return('-ENXIO');
    });
  if (f.is('bare-cmd-state-test') || f.is('fast-teardown'))
    f.if(f.test_bit(dev.cmd_down), () => {
      f.return('-ENXIO');
    });
  const message = f.call(mlx5_alloc_cmd_msg, dev);
  const err = f.call(mlx5_cmd_invoke, dev);
  f.call(mlx5_free_cmd_msg, dev, message);
  f.return(err);
});

export const mlx5_cmd_exec = fn.int('mlx5_cmd_exec', CMD_C, (f, dev: Dev) => {
  f.return(f.call(cmd_exec, dev));
});
