/**
 * A message made ready to be posted. A webhook is signed by the rules of Standard Webhooks (standardwebhooks.com): the headers
 * webhook-id, webhook-timestamp and webhook-signature, an HMAC-SHA256 over id, time and body, so that its receiver can tell who
 * sent it, that it was not changed, that it is not an old one, and whether it was there before. Libraries that verify it exist
 * for most languages.
 */
import { Webhook } from 'standardwebhooks';
import { type Message, slackBody } from './message.js';
import type { Parcel } from './post.js';

const SECONDS = 1_000;

export function parcelOf(
  { id, url, secret }: { id: string; url: string; secret: string | null },
  message: Message,
  now: Date,
): Parcel {
  if (secret === null) return { url, headers: {}, body: JSON.stringify(slackBody(message)) };
  const body = JSON.stringify(message);
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / SECONDS)),
    'webhook-signature': new Webhook(secret).sign(id, now, body),
  };
  return { url, headers, body };
}
