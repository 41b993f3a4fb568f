/**
 * Writes into each operation of the description which scope it needs, from the one table of scopes: the description cannot say
 * what the guard does not do.
 */
import type { OpenAPIObject } from '@nestjs/swagger';
import { findRoute } from '../access/find-route.js';

type Paths = OpenAPIObject['paths'];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

export function withSecurity(paths: Paths): Paths {
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => {
      const secured = METHODS.flatMap((method) => {
        const operation = item[method];
        if (operation === undefined) return [];
        const { scope } = findRoute(method.toUpperCase(), path).rule;
        const security = scope === 'everyone' ? [] : [{ token: [scope] }];
        return [[method, { ...operation, security }] as const];
      });
      return [path, { ...item, ...Object.fromEntries(secured) }];
    }),
  );
}
