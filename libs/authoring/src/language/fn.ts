/**
 * A kernel function of the model: its name and file appear in call traces and signatures, its body is inlined where it
 * is called. `fn` is void, `fn.int` returns an int or error code, `fn.ptr` a pointer; `primitive` functions are shown
 * in traces and never named by a signature.
 */
import type { FunctionBuilder } from '../builder/function-builder.js';
import { Site } from '../builder/site.js';
import type { Fn } from './callee.js';
import type { AnyStruct } from './struct.js';
import type { Int, Ref } from './values.js';

type Body<Args extends readonly unknown[]> = (f: FunctionBuilder, ...args: Args) => void;

interface Define {
  <A extends readonly unknown[]>(name: string, file: string, body: Body<A>): Fn<A, void>;
  int<A extends readonly unknown[]>(name: string, file: string, body: Body<A>): Fn<A, Int>;
  ptr<A extends readonly unknown[], S extends AnyStruct>(
    returns: S,
    name: string,
    file: string,
    body: Body<A>,
  ): Fn<A, Ref<S>>;
}

const define = (primitive: boolean): Define =>
  Object.assign(
    <A extends readonly unknown[]>(name: string, file: string, body: Body<A>): Fn<A, void> => ({
      name,
      file,
      returns: 'void',
      primitive,
      body,
      site: new Site(),
    }),
    {
      int: <A extends readonly unknown[]>(
        name: string,
        file: string,
        body: Body<A>,
      ): Fn<A, Int> => ({ name, file, returns: 'int', primitive, body, site: new Site() }),
      ptr: <A extends readonly unknown[], S extends AnyStruct>(
        returns: S,
        name: string,
        file: string,
        body: Body<A>,
      ): Fn<A, Ref<S>> => ({ name, file, returns, primitive, body, site: new Site() }),
    },
  );

/** Defines a kernel function. */
export const fn: Define = define(false);
/** Defines a wrapper that signatures look through: device_add, rtnl_lock, a lock helper. */
export const primitive: Define = define(true);
