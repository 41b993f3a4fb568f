/** What replays one run by hand: the token, and the command line that takes it. */
import { formatToken, type ReplayHandle, type RunName } from '@lastref/contracts';

export function replayHandle(run: RunName): ReplayHandle {
  const token = formatToken(run);
  return { token, command: `npx --no lastref replay ${token}` };
}
