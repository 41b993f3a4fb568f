/**
 * Notifications: what is announced, where messages go, and what became of each. A message is sent until its endpoint takes it;
 * its id is the same in every attempt, so that a receiver can tell a repetition. Addresses and secrets go in and are never
 * answered again: an address of Slack is a secret by itself.
 */
import { z } from 'zod';
import { idSchema, timeSchema } from './atoms.js';
import { MAX_ENDPOINT_NAME, MAX_ENDPOINT_URL } from './limits.js';
import { pageOf, pageQueryShape } from './page.js';

/** What can be announced. The words are those of the database, too. */
export const ANNOUNCEMENT_KINDS = [
  'new-signature',
  'regression',
  'canary',
  'incident',
  'late-campaign',
] as const;

export const announcementKindSchema = z.enum(ANNOUNCEMENT_KINDS);

export const endpointNameSchema = z
  .string()
  .regex(
    new RegExp(`^[A-Za-z0-9_.-]{1,${MAX_ENDPOINT_NAME}}$`),
    `must be 1 to ${MAX_ENDPOINT_NAME} characters of A-Z, a-z, 0-9, _, . and -`,
  );

export const endpointFormatSchema = z
  .enum(['webhook', 'slack'])
  .describe('webhook: signed JSON by the Standard Webhooks rules; slack: {"text": ...}');

const URL_FORM = 'must be an http:// or https:// address without a user, a password or a fragment';

const WITH_USER = /^[a-z]+:\/\/[^/?#]*@/i;

export const endpointUrlSchema = z
  .url({ protocol: /^https?$/, error: URL_FORM })
  .max(MAX_ENDPOINT_URL)
  .refine((text) => !WITH_USER.test(text) && !text.includes('#'), URL_FORM)
  .describe('where messages are posted; redirects are not followed');

export const endpointRequestSchema = z.strictObject({
  name: endpointNameSchema,
  format: endpointFormatSchema,
  url: endpointUrlSchema,
  kinds: z
    .array(announcementKindSchema)
    .min(1)
    .max(ANNOUNCEMENT_KINDS.length)
    .optional()
    .describe('what it is told of; everything when absent'),
});

export const endpointSchema = z.object({
  id: idSchema,
  name: endpointNameSchema,
  format: endpointFormatSchema,
  origin: z.string().describe('scheme, host and port of its address; the rest may be a secret'),
  kinds: z.array(announcementKindSchema),
  waiting: z.int().min(0).describe('messages under way'),
  failed: z.int().min(0).describe('messages given up, which may be sent again'),
  lastDeliveredAt: timeSchema.nullable(),
  createdAt: timeSchema,
});

export const newEndpointSchema = z.object({
  ...endpointSchema.shape,
  secret: z.string().nullable().describe('verifies signatures; shown this once. Slack has none'),
});

export const endpointPageSchema = pageOf(endpointSchema);

export const notificationStateSchema = z.enum(['waiting', 'delivered', 'failed']);

export const notificationSchema = z.object({
  id: z.uuid().describe('the webhook-id of every attempt'),
  endpoint: endpointNameSchema,
  kind: announcementKindSchema.nullable().describe('null for a test message'),
  subject: z.string().nullable(),
  state: notificationStateSchema,
  attempts: z.int().min(0),
  message: z.string().nullable().describe('why the last attempt failed'),
  createdAt: timeSchema,
  dueAt: timeSchema.nullable().describe('when it is tried next; null when it has ended'),
  endedAt: timeSchema.nullable(),
});

export const notificationPageSchema = pageOf(notificationSchema);

export const notificationListQuerySchema = z.strictObject({
  ...pageQueryShape,
  state: notificationStateSchema.optional(),
});

export type AnnouncementKind = z.infer<typeof announcementKindSchema>;
export type EndpointRequest = z.infer<typeof endpointRequestSchema>;
export type Endpoint = z.infer<typeof endpointSchema>;
export type NewEndpoint = z.infer<typeof newEndpointSchema>;
export type EndpointPage = z.infer<typeof endpointPageSchema>;
export type Notification = z.infer<typeof notificationSchema>;
export type NotificationPage = z.infer<typeof notificationPageSchema>;
export type NotificationListQuery = z.infer<typeof notificationListQuerySchema>;
