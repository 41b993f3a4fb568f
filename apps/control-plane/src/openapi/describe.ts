/**
 * Decorators that describe a handler with the schemas of the contracts. They say nothing at run time.
 */
import { type ProblemSlug, PROBLEMS } from '@lastref/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { parameterSchema, reference, type SchemaName } from './schemas.js';

type Decorator = MethodDecorator & ClassDecorator;

/** What the handler does, in one sentence; the name is what generated clients call it. */
export function Describe(operationId: string, summary: string): MethodDecorator {
  return ApiOperation({ operationId, summary });
}

export function Answers(status: number, name: SchemaName, description: string): Decorator {
  return ApiResponse({
    status,
    description,
    content: { 'application/json': { schema: reference(name) } },
  });
}

export function AnswersText(mediaType: string, description: string): Decorator {
  return ApiResponse({
    status: 200,
    description,
    content: { [mediaType]: { schema: { type: 'string' } } },
  });
}

export function Accepts(name: SchemaName): MethodDecorator {
  return ApiBody({ required: true, schema: reference(name) });
}

/** The problems worth expecting from this handler; any may also answer those of every request. */
export function Problems(...slugs: ProblemSlug[]): Decorator {
  const statuses = [...new Set(slugs.map((slug) => PROBLEMS[slug].status))];
  return applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: slugs.filter((slug) => PROBLEMS[slug].status === status).join(', '),
        content: { 'application/problem+json': { schema: reference('Problem') } },
      }),
    ),
  );
}

export function QueryParameters(schema: z.ZodObject): Decorator {
  return applyDecorators(
    ...Object.entries(schema.shape).map(([name, field]) => {
      const described = parameterSchema(z.instanceof(z.ZodType).parse(field));
      return ApiQuery({
        name,
        required: !z.instanceof(z.ZodType).parse(field).safeParse(undefined).success,
        schema: described,
      });
    }),
  );
}

export function PathParameter(name: string, schema: z.ZodType): MethodDecorator {
  return ApiParam({ name, required: true, schema: parameterSchema(schema) });
}

export function HonoursIdempotencyKey(): Decorator {
  return ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'repeating a request with its key makes nothing new and answers as the first time',
  });
}
