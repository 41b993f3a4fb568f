/** From stored endpoints and messages to what the API shows of them: of an address its origin, of a secret nothing. */
import {
  type AnnouncementKind,
  announcementKindSchema,
  type Endpoint,
  type Notification,
} from '@lastref/contracts';
import type { StoredEndpoint, StoredNotification } from '@lastref/storage';

export function endpointView(row: StoredEndpoint): Endpoint {
  const { id, name, format, url, waiting, failed, lastDeliveredAt, createdAt } = row;
  return {
    id,
    name,
    format,
    origin: new URL(url).origin,
    kinds: row.kinds.map((kind): AnnouncementKind => announcementKindSchema.parse(kind)),
    waiting,
    failed,
    lastDeliveredAt: lastDeliveredAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

export function notificationView(row: StoredNotification): Notification {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    dueAt: row.state === 'waiting' ? row.dueAt.toISOString() : null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
