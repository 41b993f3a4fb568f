#!/usr/bin/env node
// Stands in for Prisma's native `schema-engine` executable: the same arguments and the same JSON-RPC over stdin and
// stdout, answered by Prisma's own WebAssembly engine (npm: @prisma/schema-engine-wasm) over @prisma/adapter-pg.
// Files it writes are Prisma's own (migration.sql, migration_lock.toml, _prisma_migrations), so the native engine
// can take over at any time. Limit: PostgreSQL only. SCHEMA_ENGINE_DEBUG=1 prints the stack of a failed call.
import { readInvocation } from './prisma/invocation.mjs';
import { runSubcommand } from './prisma/subcommands.mjs';
import { serveRpc } from './prisma/rpc.mjs';
import { createEngineMethods } from './prisma/wasm-engine.mjs';

const invocation = readInvocation(process.argv.slice(2));

if (invocation.version) {
  console.log('schema-engine-wasm');
} else if (invocation.subcommand !== undefined) {
  process.exitCode = await runSubcommand(invocation.subcommand, invocation.url ?? '');
} else {
  await serveRpc(process.stdin, process.stdout, createEngineMethods(invocation));
  process.exit();
}
