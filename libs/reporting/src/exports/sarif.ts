/**
 * SARIF 2.1.0, for code scanning. A result with the stack of the failing step, and a thread flow per task whose locations are its
 * steps, in the order in which all of them are executed. A model knows files and functions but no lines: a location is its
 * file's first line, and the function is named beside it.
 */
import { kindOf, type TraceStep } from '@lastref/kernel';
import { blockedTasks } from '../facts/blocked.js';
import { functionOf, taskName } from '../facts/names.js';
import { report } from '../report.js';
import { json, reportOptions, signatureOf, type ExportedRun, type ExportFormat } from './run.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

export const sarif: ExportFormat = {
  name: 'sarif',
  extension: '.sarif',
  mediaType: 'application/sarif+json',
  opensIn: 'code scanning of GitHub, the SARIF viewers of editors',
  render: (run) => {
    const signature = signatureOf(run);
    const rules = signature === undefined ? [] : [{ id: kindOf(signature) }];
    const results = signature === undefined ? [] : [resultOf(run, signature)];
    const driver = { name: 'lastref', semanticVersion: '1.0.0', rules };
    return json({
      $schema: SCHEMA,
      version: '2.1.0',
      runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
    });
  },
};

function resultOf(run: ExportedRun, signature: string): object {
  const { trace, replay, grade } = run;
  const { splats, summary } = report(trace, reportOptions(run));
  const splat = splats.find((one) => one.signature === signature);
  const places = [
    ...blockedTasks(trace).map(({ calls }) => calls),
    trace.steps.at(-1)?.calls ?? [],
  ];
  const calls = places.find(({ length }) => length > 0) ?? [];
  return {
    ruleId: kindOf(signature),
    ruleIndex: 0,
    level: 'error',
    message: { text: `${splat?.title ?? summary}\n${signature}\n${replay.command}` },
    locations: [locationOf(calls)],
    stacks: [stackOf(splat?.title ?? summary, calls)],
    codeFlows: [{ message: { text: trace.title }, threadFlows: threadFlows(run) }],
    partialFingerprints: { 'lastrefSignature/v1': `${trace.address} ${signature}` },
    properties: {
      address: trace.address,
      program: trace.program,
      schedule: trace.schedule,
      token: replay.token,
      ...(grade === undefined ? {} : { grade }),
    },
  };
}

function threadFlows({ trace }: ExportedRun): object[] {
  const tasks = [...new Set(trace.steps.map(({ task }) => task))].sort((a, b) => a - b);
  return tasks.map((task) => ({
    id: `task ${task}`,
    message: { text: taskName(trace, task) },
    locations: trace.steps.filter((step) => step.task === task).map(flowLocation),
  }));
}

const flowLocation = (step: TraceStep): object => ({
  executionOrder: step.n,
  nestingLevel: Math.max(0, step.calls.length - 1),
  importance: step.switch === 'preemption' ? 'essential' : 'important',
  location: locationOf(step.calls, step.text),
});

const stackOf = (title: string, calls: readonly string[]): object => ({
  message: { text: title },
  frames: calls.map((call) => ({ location: locationOf([call]) })),
});

/** Of the innermost function that has a file. */
function locationOf(calls: readonly string[], text?: string): object {
  const [innermost] = calls;
  const message = text === undefined ? {} : { message: { text } };
  if (innermost === undefined) return message;
  const name = functionOf(innermost);
  const file = fileOf(innermost);
  return {
    ...message,
    ...(file === undefined
      ? {}
      : {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(file), uriBaseId: '%SRCROOT%' },
            region: { startLine: 1 },
          },
        }),
    logicalLocations: [
      { name, fullyQualifiedName: calls.map(functionOf).reverse().join(' > '), kind: 'function' },
    ],
  };
}

/** `nbd_put (drivers/block/nbd.c)`: what is in brackets. */
const fileOf = (call: string): string | undefined => / \(([^()]+)\)$/.exec(call)?.[1];
