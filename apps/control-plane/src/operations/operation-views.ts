/** From stored operations to what the API shows of them. */
import { type Operation, operationSchema, type OperationSummary } from '@lastref/contracts';
import type { StoredOperation } from '@lastref/storage';

export function operationSummary(row: StoredOperation): OperationSummary {
  const { createdAt, startedAt, endedAt, ...rest } = row;
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}

/** A result is read as the contract has it: what an older version stored shows that it did. */
export function operationDetails({
  result,
  ...row
}: StoredOperation & { result: string | null }): Operation {
  const stored: unknown = result === null ? null : JSON.parse(result);
  return { ...operationSummary(row), result: operationSchema.shape.result.parse(stored) };
}
