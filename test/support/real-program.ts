/**
 * A real program for specs of the services: the buggy nbd, whose two openers and disconnect deadlock in
 * a good part of all runs.
 */
import type { Program } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';

export function realProgram(): Program {
  return compileAddress('nbd/buggy/main');
}
