/** What a faulty engine would say: one schedule more left the case than did. Only a failpoint asks for it. */
import type { Answer } from '../threads/messages.js';

export function wrongResult(answer: Answer): Answer {
  if (answer.kind !== 'explored') return answer;
  const { result } = answer;
  const totals = { ...result.totals, outside: result.totals.outside + 1 };
  return { ...answer, result: { ...result, totals } };
}
