// Ctrl-C once: an orderly stop. Again: at once. npm passes a signal on that the terminal has already delivered to the
// whole group, so one Ctrl-C may arrive twice within a moment; only a later one counts as the second.

const SAME_PRESS_MS = 500;

/** @param {{ first: () => void, second: () => void }} handlers */
export function onStopSignals({ first, second }) {
  /** @type {number | undefined} */
  let firstAt;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (firstAt === undefined) {
        firstAt = performance.now();
        first();
      } else if (performance.now() - firstAt > SAME_PRESS_MS) {
        second();
      }
    });
  }
}
