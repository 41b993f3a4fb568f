/** How far long work is, on stderr: a bar on a terminal, a plain line now and then elsewhere. */
export interface Progress {
  /**
   * @param unit what is counted: `schedules`
   * @param already how many were done before anybody looked; they say nothing about the rate
   */
  begin(total: number, unit: string, already?: number): void;
  update(done: number): void;
  end(): void;
}

export const NO_PROGRESS: Progress = {
  begin: () => undefined,
  update: () => undefined,
  end: () => undefined,
};
