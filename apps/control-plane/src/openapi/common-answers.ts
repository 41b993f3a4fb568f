/**
 * What every operation may answer beside its own: refusals of the guards and the parser that stand before it, a failure of the
 * service, a database that is away. Written into the description once, here, so that no status is answered that it does not name.
 */
import { PROBLEMS, type ProblemSlug } from '@lastref/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { findRoute } from '../access/find-route.js';
import { reference } from './schemas.js';

const ALWAYS: readonly ProblemSlug[] = [
  'invalid-request',
  'token-required',
  'token-invalid',
  'scope-insufficient',
  'host-not-allowed',
  'origin-not-allowed',
  'method-not-allowed',
  'internal',
  'unavailable',
];
const WITH_BODY: readonly ProblemSlug[] = [
  'invalid-json',
  'body-too-large',
  'unsupported-media-type',
  'rate-limited',
];
const WITH_SCOPE: readonly ProblemSlug[] = [
  'token-required',
  'token-invalid',
  'scope-insufficient',
];
const WITH_LIMIT: readonly ProblemSlug[] = ['rate-limited'];
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

type Operation = OpenAPIObject['paths'][string]['get'];

export function withCommonAnswers(document: OpenAPIObject): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const { rule } = findRoute(method.toUpperCase(), path);
      add(item[method], [
        ...ALWAYS,
        ...(method === 'get' ? [] : WITH_BODY),
        ...(rule.scope === 'everyone' ? [] : WITH_SCOPE),
        ...(rule.limit === undefined ? [] : WITH_LIMIT),
      ]);
    }
  }
  return document;
}

function add(operation: Operation, slugs: readonly ProblemSlug[]): void {
  if (operation === undefined) return;
  const { responses } = operation;
  for (const slug of slugs) {
    const status = String(PROBLEMS[slug].status);
    const named = responses[status];
    const before = named !== undefined && 'description' in named ? named.description : undefined;
    if (before?.split(', ').includes(slug) === true) continue;
    responses[status] = {
      description: before === undefined || before === '' ? slug : `${before}, ${slug}`,
      content: { 'application/problem+json': { schema: reference('Problem') } },
    };
  }
}
