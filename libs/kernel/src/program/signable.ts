/**
 * Names that signatures are spelled with, kind@function(detail)+function(detail): none of @ ( ) + in them. C++ names such as
 * Device::~Device are such. A task that runs code outside of every function has its own name spelled with other brackets.
 */
export const SIGNABLE = /^[A-Za-z0-9_.:/<> ~,*=!-]*$/;

export const SIGNABLE_RULE =
  'only A-Z a-z 0-9 _ . : / < > ~ , * = ! - and space: signatures use @ ( ) +';

const SPELLED: Readonly<Record<string, string>> = { '(': '[', ')': ']', '+': ' and ', '@': ' at ' };

/** The name as a signature has it. */
export const signable = (name: string): string =>
  SIGNABLE.test(name) ? name : name.replace(/[()+@]/g, (c) => SPELLED[c] ?? '');
