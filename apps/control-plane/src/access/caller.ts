/** Who makes a request, as found out once and kept with its response. */
import type { TokenScope } from '@lastref/contracts';
import type { Request, Response } from 'express';

export interface Caller {
  /** For people: in the audit trail and beside what was made. */
  readonly name: string;
  /** What limits are counted by; absent where the address is all there is. */
  readonly origin?: string;
  readonly scope: TokenScope;
}

const callers = new WeakMap<Response, Caller>();

export function setCaller(response: Response, caller: Caller): void {
  callers.set(response, caller);
}

export function callerOf(response: Response): Caller | undefined {
  return callers.get(response);
}

/** By token where there is one, else by address. */
export function originOf(request: Request, caller: Caller | undefined): string {
  return caller?.origin ?? `address ${request.ip ?? 'unknown'}`;
}
