// Whether the control plane of this host can answer requests: it, its database and its queue.
const LIMIT_MS = 4_000;
const port = process.env['LASTREF_PORT'] || '4747';

try {
  const url = `http://127.0.0.1:${port}/api/v1/health/ready`;
  const { status } = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) });
  if (status !== 200) throw new Error(`it answers ${status}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
