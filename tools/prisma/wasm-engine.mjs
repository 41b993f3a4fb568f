// Loads the WebAssembly schema engine and offers its methods under the names of the JSON-RPC protocol. The engine is
// made once, at the first call that needs it. Limit: it wants a server for everything, even to compare two files,
// because it reads the server's version and uses a shadow database there.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { canConnect, createDatabase } from './connection.mjs';
import { MigrationAdapterFactory } from './migration-adapter.mjs';

const NEEDS_SERVER =
  'This command needs a PostgreSQL server: set DATABASE_URL to one that answers (npm start runs one).';

/** @typedef {import('./invocation.mjs').Invocation} Invocation */
/** @typedef {typeof import('@prisma/schema-engine-wasm') & { __wbg_set_wasm(exports: object): void }} Glue */
/**
 * The engine, its methods by the protocol's names.
 * @typedef {Readonly<Record<string, ((params: unknown) => Promise<unknown>) | undefined>>} Methods
 */

/** @returns {Promise<Glue>} */
async function loadGlue() {
  const path = createRequire(import.meta.url).resolve(
    '@prisma/schema-engine-wasm/schema_engine_bg',
  );
  /** @type {unknown} */
  const loaded = await import(pathToFileURL(path).href);
  const glue = /** @type {Glue} */ (loaded);
  const { instance } = await WebAssembly.instantiate(readFileSync(path.replace(/\.js$/, '.wasm')), {
    './schema_engine_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
}

/** @param {Invocation} invocation @returns {Promise<Methods>} */
async function makeEngine({ url, datamodels }) {
  if (!url || !(await canConnect(url))) throw new Error(NEEDS_SERVER);
  const glue = await loadGlue();
  const files = datamodels.map(
    (path) => /** @type {[string, string]} */ ([path, readFileSync(path, 'utf8')]),
  );
  /** @type {unknown} */
  const made = await glue.SchemaEngine.new(
    { datamodels: files.length > 0 ? files : undefined },
    (/** @type {string} */ line) => process.stderr.write(`${line}\n`),
    bindMigrationAwareSqlAdapterFactory(new MigrationAdapterFactory(url)),
  );
  return /** @type {Methods} */ (made);
}

/** @param {Invocation} invocation @returns {import('./rpc.mjs').CallEngine} */
export function createEngineMethods(invocation) {
  /** @type {Promise<Methods> | undefined} */
  let made;
  const engine = () => (made ??= makeEngine(invocation));

  /** @param {string} method @param {unknown} params @returns {Promise<unknown>} */
  const call = async (method, params) => {
    const target = await engine();
    if (typeof target[method] !== 'function')
      throw new Error(`the WebAssembly schema engine has no method ${method}`);
    return target[method](params);
  };

  return async (method, params, print) => {
    switch (method) {
      case 'createDatabase':
        return { databaseName: await createDatabase(invocation.url ?? '') };
      case 'getDatabaseVersion':
        return call('version', params);
      case 'diff': {
        /** @type {unknown} */
        const answer = await call('diff', params);
        const { exitCode, stdout } = /** @type {{ exitCode: number, stdout?: unknown }} */ (answer);
        if (typeof stdout === 'string') await print(stdout.replace(/\n$/, ''));
        return { exitCode, stdout: null };
      }
      default:
        return (await call(method, params)) ?? {};
    }
  };
}
