/** What holds where a case says nothing. */
export const DEFAULT_MAX_STEPS = 2000;
export const DEFAULT_FAULT_BUDGET = 1;
