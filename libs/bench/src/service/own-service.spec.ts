/** What becomes of a script that serves, of one that cannot, and of none; the real one is no test. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOwnService } from './own-service.js';

const folder = mkdtempSync(join(tmpdir(), 'lastref-own-service-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function scriptOf(text: string): string {
  const script = join(folder, 'script.mjs');
  writeFileSync(script, text);
  return script;
}

it('serves until it is stopped, by the end of its input', async () => {
  const said: string[] = [];
  const script = scriptOf(`
    console.log(JSON.stringify({ url: 'http://here', databaseUrl: 'd', redisUrl: 'r' }));
    process.stdin.on('end', () => console.error('bye')).resume();`);
  const service = await startOwnService((line) => said.push(line), script);
  expect(service).toMatchObject({ url: 'http://here', databaseUrl: 'd', redisUrl: 'r' });
  if ('stop' in service) await service.stop();
  expect(said).toEqual(['bye']);
});

it('is refused with what the script said last', async () => {
  const script = scriptOf(`console.error('Starting'); console.error('no Redis here');`);
  expect(await startOwnService(() => undefined, script)).toEqual({
    refused: 'environment',
    message: 'no Redis here',
  });
});

it('is refused without the script', async () => {
  const refusal = { refused: 'environment', message: 'needs a clone of the repository' };
  expect(await startOwnService(() => undefined, join(folder, 'nowhere.mjs'))).toEqual(refusal);
});
