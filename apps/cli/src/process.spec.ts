/** The built command as a process: exit codes, threads, Ctrl-C. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const MAIN = join(__dirname, '..', 'dist', 'main.js');
const LIMIT_MS = 60_000;

interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** @param interruptAt sends Ctrl-C, once, when stderr or stdout contains this */
async function run(words: readonly string[], interruptAt?: string): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...words], {
    env: { ...process.env, LASTREF_URL: 'http://127.0.0.1:9' },
  });
  const read = { out: '', err: '' };
  let interrupted = false;
  const listen = (from: 'out' | 'err', stream: NodeJS.ReadableStream): void => {
    stream.setEncoding('utf8').on('data', (text: string) => {
      read[from] += text;
      if (interruptAt === undefined || interrupted || !read[from].includes(interruptAt)) return;
      interrupted = true;
      child.kill('SIGINT');
    });
  };
  listen('out', child.stdout);
  listen('err', child.stderr);
  const [exit] = (await once(child, 'close')) as [number | null];
  return { exit, ...read };
}

const ledgerOf = ({ out }: Ended): string | undefined => /ledger ([0-9a-f]{64})/.exec(out)?.[1];

describe('the process', () => {
  it.each([
    [0, ['scenarios']],
    [0, ['--help']],
    [0, ['campaign', 'start', '--help']],
    [0, ['prove', 'nbd/buggy']],
    [0, ['hunt', 'nbd/fixed/last-close', '-n', '100']],
    [1, ['hunt', 'nbd/buggy', '-n', '10']],
    [1, ['prove', 'nbd/fixed', '--max-states', '100']],
    [2, []],
    [2, ['nonsense']],
    [2, ['hunt']],
    [2, ['hunt', 'nbd/buggy', '--schedules', 'many']],
    [2, ['hunt', 'nbd/nope']],
    [2, ['campaign', 'status', '1', '--url', 'nonsense']],
    [3, ['campaign', 'status', '1']],
    [3, ['push', 'nbd']],
    [3, ['hunt', './nowhere.json']],
  ])(
    'exits with %d after %j',
    async (exit, words) => {
      expect((await run(words)).exit).toBe(exit);
    },
    LIMIT_MS,
  );

  it(
    'prints one ledger for any number of threads',
    async () => {
      const hunt = ['hunt', 'nbd/fixed/stays-open', '-n', '5000', '--ledger'];
      const ledgers = await Promise.all(
        ['1', '2', '3'].map(async (threads) =>
          ledgerOf(await run([...hunt, '--threads', threads])),
        ),
      );
      expect(ledgers[0]).toBeDefined();
      expect(new Set(ledgers).size).toBe(1);
    },
    LIMIT_MS,
  );

  it(
    'tells what it found when it is interrupted, and exits with 130',
    async () => {
      const { exit, out } = await run(['hunt', 'nbd/fixed', '-n', '1000000000'], ' left');
      expect(exit).toBe(130);
      expect(out).toContain('before the interruption');
    },
    LIMIT_MS,
  );

  it(
    'ends a search that is interrupted with 130',
    async () => {
      const words = ['prove', 'nbd/fixed', '--all-cases'];
      const { exit, err } = await run(words, 'nbd/fixed/main ...');
      expect({ exit, err }).toEqual({
        exit: 130,
        err: 'nbd/fixed/main ...\nlastref: interrupted\n',
      });
    },
    LIMIT_MS,
  );

  it(
    'has --json and --help on every command but the debug adapter, which speaks a protocol',
    async () => {
      const { out } = await run(['--help']);
      const listed = [...out.matchAll(/^ {2}([\w-]+) \[options\]/gm)].map(([, name]) => name ?? '');
      expect(listed).toHaveLength(17);
      const names = listed.filter((name) => name !== 'dap');
      const campaign = ['start', 'status', 'watch', 'list'].map((name) => ['campaign', name]);
      for (const words of [...names.map((name) => [name]), ...campaign]) {
        const help = await run([...words, '--help']);
        expect(help.exit).toBe(0);
        expect(help.out).toContain('--json');
      }
    },
    LIMIT_MS,
  );
});
