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
  private routes: { pattern: RegExp; methods: string[] }[] = [];

  load(description: Described): void {
    this.routes = Object.entries(description.paths).map(([path, item]) => ({
      pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}/?$`),
      methods: METHODS.filter((method) => method in item).map((method) => method.toUpperCase()),
    }));
  }

  methodsOf(path: string): string[] {
    const route = this.routes.find(({ pattern }) => pattern.test(path));
    return route?.methods ?? [];
  }
}
