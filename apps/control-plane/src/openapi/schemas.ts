/**
 * The named schemas of the API's description, straight from the contracts: what validates a request
 * is what describes it. A schema used inside another becomes a reference by its name.
 */
import {
  auditEntrySchema,
  auditPageSchema,
  bugPageSchema,
  bugSchema,
  campaignPageSchema,
  campaignRequestSchema,
  campaignSchema,
  campaignSummarySchema,
  comparedBugSchema,
  comparisonSchema,
  closeIncidentRequestSchema,
  checkSchema,
  checksSchema,
  endpointPageSchema,
  endpointRequestSchema,
  endpointSchema,
  failurePageSchema,
  failureSchema,
  incidentPageSchema,
  incidentSchema,
  liveSchema,
  matrixPageSchema,
  matrixRowSchema,
  operationPageSchema,
  operationRequestSchema,
  operationSchema,
  operationSummarySchema,
  nightlyEditSchema,
  nightlyPageSchema,
  nightlyRequestSchema,
  nightlySchema,
  newEndpointSchema,
  newTokenSchema,
  notificationPageSchema,
  notificationSchema,
  orderRowSchema,
  ordersRequestSchema,
  ordersSchema,
  problemSchema,
  programDocumentSchema,
  programPageSchema,
  programSchema,
  programSummarySchema,
  progressSchema,
  readySchema,
  replayRequestSchema,
  replaySchema,
  reproductionPageSchema,
  reproductionSchema,
  scenarioPageSchema,
  scenarioSchema,
  tokenPageSchema,
  tokenRequestSchema,
  tokenSchema,
  searchSchema,
  stepsRequestSchema,
  stepsSchema,
  stepStateSchema,
  shrunkSchema,
  tickPageSchema,
  tickSchema,
  traceStepSchema,
  verdictSchema,
  waitingTaskSchema,
  workerPageSchema,
  workerSchema,
  workSchema,
} from '@lastref/contracts';
import { z } from 'zod';

const NAMED = {
  ApiToken: tokenSchema,
  ApiTokenPage: tokenPageSchema,
  AuditEntry: auditEntrySchema,
  AuditPage: auditPageSchema,
  Bug: bugSchema,
  BugPage: bugPageSchema,
  Campaign: campaignSchema,
  CampaignPage: campaignPageSchema,
  CampaignRequest: campaignRequestSchema,
  CampaignSummary: campaignSummarySchema,
  ComparedBug: comparedBugSchema,
  Comparison: comparisonSchema,
  CloseIncidentRequest: closeIncidentRequestSchema,
  Check: checkSchema,
  Checks: checksSchema,
  Endpoint: endpointSchema,
  EndpointPage: endpointPageSchema,
  EndpointRequest: endpointRequestSchema,
  Failure: failureSchema,
  FailurePage: failurePageSchema,
  Incident: incidentSchema,
  IncidentPage: incidentPageSchema,
  Live: liveSchema,
  NewApiToken: newTokenSchema,
  MatrixPage: matrixPageSchema,
  MatrixRow: matrixRowSchema,
  Operation: operationSchema,
  OperationPage: operationPageSchema,
  OperationRequest: operationRequestSchema,
  OperationSummary: operationSummarySchema,
  Nightly: nightlySchema,
  NightlyEdit: nightlyEditSchema,
  NightlyPage: nightlyPageSchema,
  NightlyRequest: nightlyRequestSchema,
  NewEndpoint: newEndpointSchema,
  Notification: notificationSchema,
  NotificationPage: notificationPageSchema,
  OrderRow: orderRowSchema,
  Orders: ordersSchema,
  OrdersRequest: ordersRequestSchema,
  Problem: problemSchema,
  Program: programSchema,
  ProgramDocument: programDocumentSchema,
  ProgramPage: programPageSchema,
  ProgramSummary: programSummarySchema,
  Progress: progressSchema,
  Ready: readySchema,
  Replay: replaySchema,
  ReplayRequest: replayRequestSchema,
  Steps: stepsSchema,
  StepsRequest: stepsRequestSchema,
  StepState: stepStateSchema,
  Reproduction: reproductionSchema,
  ReproductionPage: reproductionPageSchema,
  Scenario: scenarioSchema,
  ScenarioPage: scenarioPageSchema,
  TokenRequest: tokenRequestSchema,
  Search: searchSchema,
  Shrunk: shrunkSchema,
  Tick: tickSchema,
  TickPage: tickPageSchema,
  TraceStep: traceStepSchema,
  Verdict: verdictSchema,
  WaitingTask: waitingTaskSchema,
  Worker: workerSchema,
  Work: workSchema,
  WorkerPage: workerPageSchema,
} as const satisfies Record<string, z.ZodType>;

export type SchemaName = keyof typeof NAMED;

export interface Reference {
  $ref: string;
}

export function reference(name: SchemaName): Reference {
  return { $ref: uriOf(name) };
}

/** The `components.schemas` of the description. */
export function componentSchemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: uriOf });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, bare(schema)]));
}

/** The schema of one parameter of a path or query. */
export function parameterSchema(schema: z.ZodType): object {
  return bare(z.toJSONSchema(schema, { io: 'input' }));
}

function uriOf(name: string): string {
  return `#/components/schemas/${name}`;
}

/** Without the members that say which dialect it is in and where it stands: the document says that. */
function bare(schema: object): object {
  return Object.fromEntries(
    Object.entries(schema).filter(([member]) => !['$schema', '$id', 'id'].includes(member)),
  );
}
