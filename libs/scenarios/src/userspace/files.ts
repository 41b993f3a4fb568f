/** Where the user space functions of this library stand. */
export const PTHREAD_MUTEX_C = 'nptl/pthread_mutex_lock.c';
export const PTHREAD_CREATE_C = 'nptl/pthread_create.c';
export const SHARED_PTR_H = 'include/bits/shared_ptr_base.h';
