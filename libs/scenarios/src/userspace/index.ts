/** Calls of user space that scenarios share: POSIX threads, and shared and weak pointers of C++. */
export * from './shared-ptr.js';
export * from './threads.js';
