/**
 * Checks one argument of a handler against its schema: `@Body(new ZodPipe(schema, 'body'))`. What the
 * handler gets is the parsed value; what does not fit becomes a problem with pointers.
 */
import { type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { messageOf } from './messages.js';
import { type Place, problemOf } from './zod-problem.js';

export class ZodPipe<Schema extends z.ZodType> implements PipeTransform<unknown, z.output<Schema>> {
  private readonly known: readonly string[];

  constructor(
    private readonly schema: Schema,
    private readonly place: Place,
  ) {
    this.known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  }

  transform(value: unknown): z.output<Schema> {
    const result = this.schema.safeParse(value, { error: messageOf });
    if (!result.success) throw problemOf(result.error, value, this.place, this.known);
    return result.data;
  }
}
