/**
 * Which methods an address knows, from the API's own description: tells 405 from 404.
 */
import { Injectable } from '@nestjs/common';

export interface Described {
  paths: Record<string, object>;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

@Injectable()
export class RouteTable {
  private routes: { path: string; pattern: RegExp; methods: string[] }[] = [];

  load(description: Described): void {
    this.routes = Object.entries(description.paths).map(([path, item]) => ({
      path,
      pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}/?$`),
      methods: METHODS.filter((method) => method in item).map((method) => method.toUpperCase()),
    }));
  }

  /** The address as the description has it, with names in place of values; undefined for one it does not know. */
  nameOf(path: string): string | undefined {
    return this.routes.find(({ pattern }) => pattern.test(path))?.path;
  }

  methodsOf(path: string): string[] {
    const route = this.routes.find(({ pattern }) => pattern.test(path));
    return route?.methods ?? [];
  }
}
