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

async function loadGlue() {
  const path = createRequire(import.meta.url).resolve(
    '@prisma/schema-engine-wasm/schema_engine_bg',
  );
  const glue = await import(pathToFileURL(path).href);
  const { instance } = await WebAssembly.instantiate(readFileSync(path.replace(/\.js$/, '.wasm')), {
    './schema_engine_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
}

async function makeEngine({ url, datamodels }) {
  if (!url || !(await canConnect(url))) throw new Error(NEEDS_SERVER);
  const glue = await loadGlue();
  const files = datamodels.map((path) => [path, readFileSync(path, 'utf8')]);
  return glue.SchemaEngine.new(
    { datamodels: files.length > 0 ? files : undefined },
    (line) => process.stderr.write(`${line}\n`),
    bindMigrationAwareSqlAdapterFactory(new MigrationAdapterFactory(url)),
  );
}

/**
 * @returns {(method: string, params: unknown, print: (text: string) => Promise<void>) => Promise<unknown>}
 */
export function createEngineMethods(invocation) {
  let made;
  const engine = () => (made ??= makeEngine(invocation));

  return async (method, params, print) => {
    switch (method) {
      case 'createDatabase':
        return { databaseName: await createDatabase(invocation.url) };
      case 'getDatabaseVersion':
        return (await engine()).version(params);
      case 'diff': {
        const { exitCode, stdout } = await (await engine()).diff(params);
        if (typeof stdout === 'string') await print(stdout.replace(/\n$/, ''));
        return { exitCode, stdout: null };
      }
      default: {
        const target = await engine();
        if (typeof target[method] !== 'function') {
          throw new Error(`the WebAssembly schema engine has no method ${method}`);
        }
        return (await target[method](params)) ?? {};
      }
    }
  };
}
