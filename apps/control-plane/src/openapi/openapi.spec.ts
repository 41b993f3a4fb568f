import { PROBLEMS } from '@lastref/contracts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { textLike } from '../../../../test/support/matchers.js';
import { createDocument } from './document.js';

const FILE = join(__dirname, '../../openapi.json');

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(async () => {
  await api.close();
});

describe('the description of the API', () => {
  it('is the committed file; else run `npm run openapi -w @lastref/control-plane` and review it', () => {
    const committed: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
    expect(JSON.parse(JSON.stringify(createDocument(api.app)))).toEqual(committed);
  });

  it('is served for reading and as JSON', async () => {
    await api.http.get('/docs').expect(200).expect('content-type', /html/);
    const response = await api.http.get('/docs-json').expect(200);
    expect(response.body).toMatchObject({ openapi: '3.1.0', info: { title: 'Lastref' } });
  });

  it('refers only to schemas that it holds', () => {
    const document = createDocument(api.app);
    const text = JSON.stringify(document);
    const names = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
    const held = Object.keys(document.components?.schemas ?? {});
    expect(held).toEqual(expect.arrayContaining([...new Set(names)]));
  });

  it('names every operation, and describes each answer', () => {
    for (const [path, item] of Object.entries(createDocument(api.app).paths)) {
      expect(path).toMatch(/^\/api\/v1\//);
      for (const operation of Object.values(item)) {
        expect(operation).toMatchObject({
          operationId: textLike(/^[a-z][A-Za-z]+$/),
          summary: textLike(/\.$/),
        });
        const { responses } = operation as { responses: object };
        expect(Object.keys(responses).some((status) => /^20[012]$/.test(status))).toBe(true);
      }
    }
  });
});

describe('every operation', () => {
  it('names what the guards before it, its parser, its absence and a failure answer', () => {
    for (const item of Object.values(createDocument(api.app).paths)) {
      for (const [method, operation] of Object.entries(item)) {
        const { responses } = operation as { responses: Record<string, unknown> };
        const body = method === 'get' ? [] : ['413', '415', '429'];
        expect(Object.keys(responses)).toEqual(
          expect.arrayContaining(['400', '401', '403', '405', '500', '503', ...body]),
        );
      }
    }
  });
});

describe('problem slugs', () => {
  it('are lower case words, each with an error status and a title', () => {
    for (const [slug, { status, title }] of Object.entries(PROBLEMS)) {
      expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(title).not.toBe('');
    }
  });
});
