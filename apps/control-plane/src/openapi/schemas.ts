/**
 * The named schemas of the API's description, straight from the contracts: what validates a request
 * is what describes it. A schema used inside another becomes a reference by its name.
 */
import {
  bugPageSchema,
  bugSchema,
  campaignPageSchema,
  campaignRequestSchema,
  campaignSchema,
  campaignSummarySchema,
  comparedBugSchema,
  comparisonSchema,
  closeIncidentRequestSchema,
  endpointPageSchema,
  endpointRequestSchema,
  endpointSchema,
  failurePageSchema,
  failureSchema,
  incidentPageSchema,
  incidentSchema,
  liveSchema,
  nightlyEditSchema,
  nightlyPageSchema,
  nightlyRequestSchema,
  nightlySchema,
  newEndpointSchema,
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
  tickPageSchema,
  tickSchema,
  traceStepSchema,
  verdictSchema,
  waitingTaskSchema,
  workerPageSchema,
  workerSchema,
} from '@lastref/contracts';
import { z } from 'zod';

const NAMED = {
  Bug: bugSchema,
  BugPage: bugPageSchema,
  Campaign: campaignSchema,
  CampaignPage: campaignPageSchema,
  CampaignRequest: campaignRequestSchema,
  CampaignSummary: campaignSummarySchema,
  ComparedBug: comparedBugSchema,
  Comparison: comparisonSchema,
  CloseIncidentRequest: closeIncidentRequestSchema,
  Endpoint: endpointSchema,
  EndpointPage: endpointPageSchema,
  EndpointRequest: endpointRequestSchema,
  Failure: failureSchema,
  FailurePage: failurePageSchema,
  Incident: incidentSchema,
  IncidentPage: incidentPageSchema,
  Live: liveSchema,
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
  Reproduction: reproductionSchema,
  ReproductionPage: reproductionPageSchema,
  Scenario: scenarioSchema,
  ScenarioPage: scenarioPageSchema,
  Tick: tickSchema,
  TickPage: tickPageSchema,
  TraceStep: traceStepSchema,
  Verdict: verdictSchema,
  WaitingTask: waitingTaskSchema,
  Worker: workerSchema,
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
