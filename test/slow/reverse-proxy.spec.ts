/**
 * The configuration of nginx that the documentation gives, run by a real nginx in front of a real control plane. Without an nginx
 * (on the path, or named by $NGINX) it is skipped; openssl makes the certificate.
 */
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Database } from '@lastref/storage';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../tools/servers/ports.mjs';
import { startApp } from '../support/api.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { sampleCampaign, sampleProgram } from '../support/sample-shards.js';
import { bearer, sampleToken } from '../support/tokens.js';

const NGINX = process.env['NGINX'] ?? 'nginx';
const NAME = 'lastref.example.com';
const CONFIGURATION = join(__dirname, '../../docker/proxy/nginx.conf');

const isThere = (command: string, ...words: string[]): boolean =>
  spawnSync(command, words).status === 0;
const withNginx = isThere(NGINX, '-v') && isThere('openssl', 'version') ? describe : describe.skip;

withNginx('behind nginx', () => {
  let server: TestDatabase;
  let database: Database;
  let app: NestExpressApplication;
  let nginx: ChildProcess;
  let folder: string;
  let port: number;
  let token: string;

  beforeAll(async () => {
    server = await createTestDatabase();
    database = await Database.open({ url: server.url });
    token = (await sampleToken(database, 'admin')).token;
    app = await startApp(server.url, {
      LASTREF_PUBLIC_URL: `https://${NAME}`,
      LASTREF_TRUSTED_PROXIES: 'loopback',
    });
    folder = mkdtempSync(join(tmpdir(), 'lastref-nginx-'));
    port = await freePort();
    nginx = startNginx((app.getHttpServer().address() as AddressInfo).port);
    await eventually(() => ask('GET', '/api/v1/health/live').catch(() => undefined));
  });

  afterAll(async () => {
    const ended = new Promise((resolve) => nginx.once('exit', resolve));
    nginx.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
    await app.close();
    await database.close();
    await server.drop();
  });

  function startNginx(controlPlane: number): ChildProcess {
    const [key, certificate] = [join(folder, 'privkey.pem'), join(folder, 'fullchain.pem')];
    const subject = ['-subj', `/CN=${NAME}`, '-keyout', key, '-out', certificate];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], {
      stdio: 'ignore',
    });
    const block = readFileSync(CONFIGURATION, 'utf8')
      .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
      .replace('127.0.0.1:4747', `127.0.0.1:${controlPlane}`)
      .replaceAll('/etc/ssl/lastref', folder);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => {
      mkdirSync(join(folder, name));
      return `${name}_temp_path ${join(folder, name)};`;
    });
    const user = process.getuid?.() === 0 ? 'user root;' : '';
    writeFileSync(
      join(folder, 'nginx.conf'),
      `${user} pid ${folder}/pid; error_log ${folder}/error.log; events {}
       http { access_log off; ${temporary.join(' ')} ${block} }`,
    );
    const words = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'];
    return spawn(NGINX, words, { stdio: 'ignore' });
  }

  function ask(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    enough: (text: string) => boolean = () => false,
  ): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port,
          method,
          path,
          servername: NAME,
          rejectUnauthorized: false,
          headers: { host: NAME, ...headers },
        },
        (response) => {
          let text = '';
          const end = (): void => {
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
          };
          response.on('data', (chunk: Buffer) => {
            text += chunk.toString('utf8');
            if (!enough(text)) return;
            end();
            asked.destroy();
          });
          response.on('end', end);
        },
      );
      asked.on('error', reject);
      asked.end(method === 'POST' ? '{}' : undefined);
    });
  }

  it('answers under its public name, by TLS, with a token', async () => {
    expect(await ask('GET', '/api/v1/bugs')).toMatchObject({ status: 401 });
    const answer = await ask('GET', '/api/v1/bugs', bearer(token));
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'strict-transport-security': 'max-age=31536000' },
    });
  });

  it('knows who asks, whatever the client claims, and lets only its own pages change anything', async () => {
    const post = (origin: string): ReturnType<typeof ask> =>
      ask('POST', '/api/v1/campaigns', {
        ...bearer(token),
        origin,
        'content-type': 'application/json',
        'x-forwarded-for': '203.0.113.9',
      });
    expect((await post(`https://${NAME}`)).status).toBe(422);
    expect((await post('https://evil.example')).status).toBe(403);
    const { text } = await ask('GET', '/api/v1/audit?limit=1', bearer(token));
    expect(JSON.parse(text)).toMatchObject({ items: [{ address: '127.0.0.1' }] });
  });

  it('passes events on as they come', async () => {
    const campaign = await sampleCampaign(database, [await sampleProgram(database)]);
    const path = `/api/v1/campaigns/${campaign}/events`;
    const isEvent = (text: string): boolean => text.includes('event: campaign');
    expect(await ask('GET', path, bearer(token), isEvent)).toMatchObject({ status: 200 });
  });
});
