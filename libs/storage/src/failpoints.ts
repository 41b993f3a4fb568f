/**
 * Places where a test makes the process stop existing, or a COMMIT lose its answer, so that each crash
 * point of the protocol is a deterministic test. A failpoint fires once per process. Nothing sets one in
 * production: the configuration of a process refuses the variable unless NODE_ENV is `test`.
 */
export const FAILPOINTS = [
  'feeder-before-add',
  'worker-after-claim',
  'worker-after-commit',
  'worker-wrong-result',
  'notify-before-mark',
  'commit-unsent',
  'commit-unread',
] as const;

export type Failpoint = (typeof FAILPOINTS)[number];

export class Failpoints {
  private armed: Failpoint | undefined;

  constructor(
    name?: Failpoint,
    private readonly die: () => void = () => process.kill(process.pid, 'SIGKILL'),
  ) {
    this.armed = name;
  }

  /** Ends the process here if this failpoint is armed. */
  crash(name: Failpoint): void {
    if (this.take(name)) this.die();
  }

  /** True once if this failpoint is armed. */
  take(name: Failpoint): boolean {
    if (this.armed !== name) return false;
    this.armed = undefined;
    return true;
  }
}
