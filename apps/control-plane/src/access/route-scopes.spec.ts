import { TOKEN_SCOPES } from '@lastref/contracts';
import type supertest from 'supertest';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { bearer, sampleToken } from '../../../../test/support/tokens.js';
import { findRoute } from './find-route.js';
import { ROUTE_SCOPES } from './route-scopes.js';

let api: TestApi;
const tokens = new Map<string, string>();

beforeAll(async () => {
  api = await startTestApi();
  for (const scope of [...TOKEN_SCOPES].reverse()) {
    tokens.set(scope, (await sampleToken(api.database, scope)).token);
  }
});

afterAll(async () => {
  await api.close();
});

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

/** Method and path of every route that Express knows, Nest's and Swagger's. */
function registered(): string[] {
  const express = api.app.getHttpAdapter().getInstance() as unknown as {
    router: { stack: Layer[] };
  };
  return express.router.stack.flatMap(({ route }) =>
    route === undefined
      ? []
      : Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`),
  );
}

/** A path of the route under which nothing stands. */
const pathOf = (route: string): string =>
  route
    .replace('notifications/:id', 'notifications/00000000-0000-4000-8000-000000000000')
    .replace(':digest', 'f'.repeat(64))
    .replace('*path', 'swagger-ui.css')
    .replaceAll(/:[a-z]+/g, '999999');

const withBody = (request: supertest.Test): supertest.Test =>
  request.set('content-type', 'application/json').send('{}');

async function statusOf(action: string, scope: string): Promise<number> {
  const [method = '', route = ''] = action.split(' ');
  const path = pathOf(route);
  const token = tokens.get(scope);
  const sent = {
    GET: () => api.http.get(path),
    POST: () => withBody(api.http.post(path)),
    PATCH: () => withBody(api.http.patch(path)),
    DELETE: () => withBody(api.http.delete(path)),
  };
  if (!(method in sent)) throw new Error(`no request of the method ${method} is made here`);
  const request = sent[method as keyof typeof sent]();
  const { status } = await (token === undefined ? request : request.set(bearer(token)));
  return status;
}

/** Without a token, and with each: refused for who it is, for what it may, or neither. */
const EXPECTED = {
  everyone: ['passes', 'passes', 'passes', 'passes'],
  read: [401, 'passes', 'passes', 'passes'],
  write: [401, 403, 'passes', 'passes'],
  admin: [401, 403, 403, 'passes'],
} as const;

describe('every route', () => {
  it('declares what it needs: add it to route-scopes.ts', () => {
    const undeclared = registered().filter((action) => {
      const [method = '', path = ''] = action.split(' ');
      return !(findRoute(method, pathOf(path)).action in ROUTE_SCOPES);
    });
    expect(undeclared).toEqual([]);
  });

  it('that is declared is there', () => {
    const known = new Set(registered().map((action) => action.replace(/\/:path\*?$/, '')));
    const gone = Object.keys(ROUTE_SCOPES).filter(
      (action) => !action.startsWith('GET /docs') && !known.has(action),
    );
    expect(gone).toEqual([]);
  });

  it.each(Object.entries(ROUTE_SCOPES))('%s is for whom it says', async (action, { scope }) => {
    const statuses: (number | 'passes')[] = [];
    for (const caller of ['nobody', ...TOKEN_SCOPES]) {
      const status = await statusOf(action, caller);
      statuses.push(status === 401 || status === 403 ? status : 'passes');
      expect(status).toBeLessThan(500);
    }
    expect(statuses).toEqual(EXPECTED[scope]);
  });

  it('is found as Express finds it', async () => {
    const read = tokens.get('read') ?? '';
    for (const path of ['/API/V1/Tokens', '/api/v1/tokens/', '/api/v1/tokens?limit=1']) {
      expect((await api.http.get(path).set(bearer(read))).status).toBe(403);
      expect((await api.http.get(path)).status).toBe(401);
    }
    expect((await api.http.head('/api/v1/tokens').set(bearer(read))).status).toBe(403);
    expect((await api.http.options('/api/v1/tokens')).status).toBe(401);
  });

  it('that nobody declared is for administrators', async () => {
    expect(findRoute('POST', '/api/v1/forgotten').rule.scope).toBe('admin');
    expect((await api.http.get('/nowhere').set(bearer(tokens.get('write') ?? ''))).status).toBe(
      403,
    );
    expect((await api.http.get('/nowhere').set(bearer(tokens.get('admin') ?? ''))).status).toBe(
      404,
    );
  });
});
