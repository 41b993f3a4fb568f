/**
 * Who may do what: access tokens and the trail of what was done with them. A scope includes those before it: read sees
 * everything but endpoints, tokens and the trail; write starts, stops and stores; admin also says who may and who is told.
 * A token is shown once, when it is made; afterwards only its first characters are known.
 */
import { z } from 'zod';
import { idSchema, timeSchema } from './atoms.js';
import { MAX_TOKEN_DAYS } from './limits.js';
import { pageOf, pageQueryShape } from './page.js';

/** Each includes the ones before it. */
export const TOKEN_SCOPES = ['read', 'write', 'admin'] as const;

export const tokenScopeSchema = z.enum(TOKEN_SCOPES);

/** 32 random bytes as base64url behind a mark that scanners for secrets can find. */
export const ACCESS_TOKEN = /^lrt_[A-Za-z0-9_-]{43}$/;

/** Characters of a token that are kept to know it by: its mark and 48 of its 256 bits. */
export const TOKEN_PREFIX = 12;

export const tokenNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,60}$/, 'must be 1 to 60 characters of A-Z, a-z, 0-9, _, . and -');

export const tokenRequestSchema = z.strictObject({
  name: tokenNameSchema.describe('whose it is, or what for; one valid token per name'),
  scope: tokenScopeSchema.describe('read, write or admin; each includes the ones before it'),
  days: z
    .int()
    .min(1)
    .max(MAX_TOKEN_DAYS)
    .optional()
    .describe('it expires after so many days; never when absent'),
});

export const tokenSchema = z.object({
  id: idSchema,
  name: tokenNameSchema,
  prefix: z.string().describe('its first characters, to know it by'),
  scope: tokenScopeSchema,
  createdBy: z.string(),
  createdAt: timeSchema,
  expiresAt: timeSchema.nullable(),
  lastUsedAt: timeSchema.nullable().describe('to the minute'),
  revokedAt: timeSchema.nullable(),
});

export const newTokenSchema = z.object({
  ...tokenSchema.shape,
  token: z.string().describe('the token itself, shown this once'),
});

export const tokenPageSchema = pageOf(tokenSchema);

export const auditEntrySchema = z.object({
  id: idSchema,
  at: timeSchema,
  actor: z.string().describe('token and its name, or how else somebody was let in'),
  address: z.string().describe('where the call came from'),
  action: z.string().describe('method and route'),
  subject: z.string().describe('the path that was asked for'),
  request: z.string().describe('id of the request in the logs of the service'),
  status: z
    .int()
    .nullable()
    .describe('of the answer; null while there is none, or if it was cut off'),
  result: z.string().nullable().describe('what was made'),
});

export const auditPageSchema = pageOf(auditEntrySchema);

export const auditQuerySchema = z.strictObject(pageQueryShape);

export type TokenScope = z.infer<typeof tokenScopeSchema>;
export type TokenRequest = z.infer<typeof tokenRequestSchema>;
export type ApiToken = z.infer<typeof tokenSchema>;
export type NewApiToken = z.infer<typeof newTokenSchema>;
export type AuditEntry = z.infer<typeof auditEntrySchema>;
