/** mm/dmapool.c: a pool of DMA blocks carved from pages. Of each page only whether some block is in use is kept. */
import { fn, type Ref } from '@lastref/authoring';
import {
  DMAPOOL_C,
  DmaCoherent,
  DmaPage,
  DmaPool,
  pools_lock,
  type Mlx5CoreDev,
} from './objects.js';

type Pool = Ref<typeof DmaPool>;
type Page = Ref<typeof DmaPage>;

export const dma_pool_create = fn.ptr(
  DmaPool,
  'dma_pool_create',
  DMAPOOL_C,
  (f, dev: Ref<typeof Mlx5CoreDev>) => {
    const pool = f.kzalloc(DmaPool);
    f.INIT_LIST_HEAD(pool.page_list);
    f.mutex_lock(pools_lock);
    f.list_add(pool.pools, dev.dma_pools);
    f.mutex_unlock(pools_lock);
    f.return(pool);
  },
);

const pool_alloc_page = fn.ptr(DmaPage, 'pool_alloc_page', DMAPOOL_C, (f) => {
  const page = f.kzalloc(DmaPage);
  f.store(page.vaddr, f.kzalloc(DmaCoherent));
  f.return(page);
});

const pool_free_page = fn('pool_free_page', DMAPOOL_C, (f, page: Page) => {
  f.kfree(f.load(page.vaddr));
  f.list_del(page.page_list);
  f.kfree(page);
});

/** The page that the block is from: it stands for the block. */
export const dma_pool_alloc = fn.ptr(DmaPage, 'dma_pool_alloc', DMAPOOL_C, (f, pool: Pool) => {
  const page = f.pointer('page', DmaPage);
  f.spin_lock(pool.lock);
  f.unless(f.list_next_entry(page, pool.page_list, 'page_list'), () => {
    f.spin_unlock(pool.lock);
    f.set(page, f.call(pool_alloc_page));
    f.spin_lock(pool.lock);
    f.list_add(page.page_list, pool.page_list);
  });
  f.set_bit(page.in_use);
  // page->offset = *(int *)(page->vaddr + offset), where the crash dump has vaddr 0.
  const vaddr = f.load(page.vaddr);
  f.ignore(f.test_bit(vaddr.next_block));
  f.spin_unlock(pool.lock);
  f.return(page);
});

export const dma_pool_free = fn('dma_pool_free', DMAPOOL_C, (f, pool: Pool, page: Page) => {
  f.spin_lock(pool.lock);
  f.clear_bit(page.in_use);
  f.spin_unlock(pool.lock);
});

/** Takes no lock of the pool: nobody may use it any more. */
export const dma_pool_destroy = fn('dma_pool_destroy', DMAPOOL_C, (f, pool: Pool) => {
  f.mutex_lock(pools_lock);
  f.list_del(pool.pools);
  f.mutex_unlock(pools_lock);
  const page = f.pointer('page', DmaPage);
  f.while(
    () => f.list_next_entry(page, pool.page_list, 'page_list'),
    () => {
      f.if(f.test_bit(page.in_use), () => {
        f.busy_pool('mlx5_cmd');
      });
      f.call(pool_free_page, page);
    },
  );
  f.milestone('pool-freed');
  f.kfree(pool);
});
