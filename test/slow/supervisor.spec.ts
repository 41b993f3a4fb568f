import { join } from 'node:path';
import type { ProcessIdentity } from '../../tools/processes/identity.mjs';
import { ProcessRegistry } from '../../tools/processes/registry.mjs';
import type { RunningProcess } from '../../tools/processes/spawn.mjs';
import { STOP_ORDER } from '../../tools/start/stop-order.mjs';
import { Supervisor } from '../../tools/start/supervisor.mjs';
import { eventually } from '../support/eventually.js';
import { startKeeper } from '../support/keeper.mjs';
import { textLike } from '../support/matchers.js';
import { makeTempFolder } from '../support/temp-folder.mjs';

/** Nobody's: a registry that is told to stop it finds nothing to stop. */
const NOBODY: ProcessIdentity = { pid: process.pid, startedAt: 'never' };
const PAUSES = { firstMs: 1, mostMs: 4, steadyMs: 60_000 };

/** A service that is started as often as somebody does; each start waits for what the test makes of it. */
class Fake {
  readonly starts: { fail: (why: string) => void; run: () => void; end: (why: string) => void }[] =
    [];
  readonly name = 'worker';

  start(onSpawn: (identity: ProcessIdentity) => void): Promise<RunningProcess> {
    onSpawn(NOBODY);
    return new Promise((resolve, reject) => {
      let end: (why: string) => void = () => undefined;
      const exited = new Promise<string>((ended) => {
        end = ended;
      });
      this.starts.push({
        fail: (why) => {
          reject(new Error(why));
        },
        run: () => {
          resolve({ identity: NOBODY, exited, hasExited: () => false, said: () => '' });
        },
        end: (why) => {
          end(why);
        },
      });
    });
  }

  /** The start of this number, once there is one. */
  async nth(place: number): Promise<(typeof this.starts)[number]> {
    return eventually(() => Promise.resolve(this.starts[place]));
  }
}

describe('the supervisor', () => {
  const keeper = startKeeper();
  const folder = makeTempFolder('supervisor');
  keeper.folder(folder);
  let said: string[];
  let service: Fake;
  let supervisor: Supervisor;

  beforeEach(() => {
    said = [];
    service = new Fake();
    const registry = new ProcessRegistry(join(folder, 'processes.json'), STOP_ORDER);
    supervisor = new Supervisor(registry, (line) => said.push(line), PAUSES);
  });
  afterEach(() => supervisor.stopAll().catch(() => undefined));
  afterAll(() => keeper.close());

  async function begin(): Promise<void> {
    const running = supervisor.run(service);
    (await service.nth(0)).run();
    await running;
  }

  it('starts a service again as often as it ends', async () => {
    await begin();
    for (let time = 0; time < 20; time += 1) {
      (await service.nth(time)).end('SIGKILL');
      (await service.nth(time + 1)).run();
    }
    expect(said).toHaveLength(20);
    expect(said[0]).toBe('worker ended (SIGKILL); starting it again');
    expect(said[1]).toBe('worker ended (SIGKILL); starting it again in 1 s');
  });

  it('tries again when the service dies while it is being started again', async () => {
    await begin();
    (await service.nth(0)).end('exit code 1');
    for (let time = 1; time <= 12; time += 1)
      (await service.nth(time)).fail('the database is away');
    (await service.nth(13)).run();
    expect(said.at(-1)).toBe(
      'worker does not start: the database is away; starting it again in 1 s',
    );
  });

  it('tells whoever starts a service first that it does not start', async () => {
    const running = supervisor.run(service);
    (await service.nth(0)).fail('no such file');
    await expect(running).rejects.toThrow('no such file');
    expect([said, service.starts.length]).toEqual([[], 1]);
  });

  it('keeps a service that it cannot register, and says so', async () => {
    const nowhere = new ProcessRegistry(join(folder, 'missing', 'processes.json'), STOP_ORDER);
    supervisor = new Supervisor(nowhere, (line) => said.push(line), PAUSES);
    await begin();
    expect(said).toEqual([textLike(/^Warning: worker is not registered for the next start/)]);
    expect(service.starts).toHaveLength(1);
    supervisor.killAll();
  });

  it('starts nothing once it stops, also not after a pause that is under way', async () => {
    const patient = { firstMs: 60_000, mostMs: 60_000, steadyMs: 60_000 };
    const registry = new ProcessRegistry(join(folder, 'other.json'), STOP_ORDER);
    supervisor = new Supervisor(registry, (line) => said.push(line), patient);
    await begin();
    (await service.nth(0)).end('SIGKILL');
    (await service.nth(1)).fail('not yet');
    await eventually(() => Promise.resolve(said.length === 2));
    await supervisor.stopAll();
    await expect(supervisor.run(service)).rejects.toThrow('worker is not started: stopping');
    expect(service.starts).toHaveLength(2);
  });
});
