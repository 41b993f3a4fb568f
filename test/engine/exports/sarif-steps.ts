/** The steps that the thread flows of a SARIF log hold, in their order of execution. */
import { z } from 'zod';

const logSchema = z.object({
  runs: z.array(
    z.object({
      results: z.array(
        z.object({
          codeFlows: z.array(
            z.object({
              threadFlows: z.array(
                z.object({ locations: z.array(z.object({ executionOrder: z.number() })) }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
});

export const threadFlowSteps = (log: unknown): number[] =>
  logSchema
    .parse(log)
    .runs.flatMap(({ results }) => results.flatMap(({ codeFlows }) => codeFlows))
    .flatMap(({ threadFlows }) => threadFlows.flatMap(({ locations }) => locations))
    .map(({ executionOrder }) => executionOrder)
    .sort((a, b) => a - b);
