/**
 * The control plane's process: configuration, application, one line on standard error if either
 * fails, and the address once it listens.
 */
import { createApp } from './bootstrap.js';
import { readConfig } from './config/config.js';
import { withoutPasswords } from './http/logger.js';

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

async function start(): Promise<string | undefined> {
  const result = readConfig(process.env);
  if (!result.ok) return result.message;
  const { host, port } = result.config;
  try {
    const app = await createApp(result.config);
    const server = app.getHttpServer();
    server.headersTimeout = HEADERS_TIMEOUT_MS;
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    await app.listen(port, host);
    process.stdout.write(`${JSON.stringify({ listening: await app.getUrl() })}\n`);
    return undefined;
  } catch (error) {
    return `cannot start: ${withoutPasswords(error instanceof Error ? error.message : String(error))}`;
  }
}

const failure = await start();
if (failure !== undefined) {
  process.stderr.write(`lastref control plane: ${failure.replaceAll('\n', ' ')}\n`);
  process.exit(1);
}
