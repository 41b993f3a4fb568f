/** Compound calls of the kernel that scenarios share, in the kernel's own names. */
export * from './kref.js';
export * from './restart.js';
export * from './wait-event.js';
