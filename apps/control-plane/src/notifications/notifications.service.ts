/** Keeps endpoints, shows what became of messages, and sends one again. */
import {
  ANNOUNCEMENT_KINDS,
  type Endpoint,
  type EndpointRequest,
  MAX_ENDPOINTS,
  type NewEndpoint,
  type Notification,
  type NotificationListQuery,
  type Page,
  type PageQuery,
} from '@lastref/contracts';
import {
  addEndpoint,
  type Database,
  findEndpoint,
  findNotification,
  listEndpoints,
  listNotifications,
  removeEndpoint,
  resendNotification,
  sendTest,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { numberKey, readCursor } from '../http/cursor.js';
import { Problem } from '../http/problem.js';
import { toPage } from '../http/to-page.js';
import { DATABASE } from '../storage/storage.module.js';
import { endpointView, notificationView } from './notification-views.js';
import { newSecret } from './secret.js';

@Injectable()
export class NotificationsService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async addEndpoint(request: EndpointRequest): Promise<NewEndpoint> {
    const { name, format, url, kinds = ANNOUNCEMENT_KINDS } = request;
    const secret = format === 'webhook' ? newSecret() : null;
    const row = { name, format, url, secret, kinds: [...new Set(kinds)] };
    const id = await addEndpoint(this.database, row);
    if (id === 'taken') throw new Problem('name-taken', `there is an endpoint ${name} already`);
    if (id === 'too-many') {
      throw new Problem('too-many', `there are ${MAX_ENDPOINTS} endpoints; remove one first`);
    }
    return { ...endpointView(await this.endpoint(id)), secret };
  }

  async listEndpoints(query: PageQuery): Promise<Page<Endpoint>> {
    const after = readCursor(query.after, numberKey);
    const rows = await listEndpoints(this.database, { limit: query.limit + 1, after });
    return toPage(rows, query.limit, (row) => row.id, endpointView);
  }

  async removeEndpoint(id: number): Promise<Endpoint> {
    const row = await this.endpoint(id);
    if (await removeEndpoint(this.database, id)) return endpointView(row);
    throw noEndpoint(id);
  }

  async test(endpoint: number): Promise<Notification> {
    const id = await sendTest(this.database, endpoint);
    if (id === null) throw noEndpoint(endpoint);
    return this.get(id);
  }

  async list(query: NotificationListQuery): Promise<Page<Notification>> {
    const { limit, state } = query;
    const after = readCursor(query.after, z.uuid());
    const rows = await listNotifications(this.database, { limit: limit + 1, after, state });
    return toPage(rows, limit, (row) => row.id, notificationView);
  }

  async get(id: string): Promise<Notification> {
    const row = await findNotification(this.database, id);
    if (row === null) throw noNotification(id);
    return notificationView(row);
  }

  async resend(id: string): Promise<Notification> {
    const outcome = await resendNotification(this.database, id);
    if (outcome === 'unknown') throw noNotification(id);
    if (outcome === 'delivered') {
      throw new Problem('notification-delivered', `${id} has been delivered; its receiver has it`);
    }
    return this.get(id);
  }

  private async endpoint(
    id: number,
  ): Promise<NonNullable<Awaited<ReturnType<typeof findEndpoint>>>> {
    const row = await findEndpoint(this.database, id);
    if (row === null) throw noEndpoint(id);
    return row;
  }
}

const noEndpoint = (id: number): Problem => new Problem('not-found', `there is no endpoint ${id}`);

const noNotification = (id: string): Problem =>
  new Problem('not-found', `there is no notification ${id}`);
