/** Shows incidents, newest first, and closes one with the reason given. */
import type { Incident, IncidentListQuery, Page } from '@lastref/contracts';
import {
  closeIncident,
  type Database,
  findIncident,
  listIncidents,
  type StoredIncident,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { numberKey, readCursor } from '../http/cursor.js';
import { Problem } from '../http/problem.js';
import { toPage } from '../http/to-page.js';
import { DATABASE } from '../storage/storage.module.js';

@Injectable()
export class IncidentsService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async list({ limit, after: cursor, state }: IncidentListQuery): Promise<Page<Incident>> {
    const after = readCursor(cursor, numberKey);
    const rows = await listIncidents(this.database, { limit: limit + 1, after }, { state });
    return toPage(rows, limit, (row) => row.id, incidentView);
  }

  async get(id: number): Promise<Incident> {
    const incident = await findIncident(this.database, id);
    if (incident === null) throw new Problem('not-found', `there is no incident ${id}`);
    return incidentView(incident);
  }

  async close(id: number, reason: string): Promise<Incident> {
    const closed = await closeIncident(this.database, id, reason);
    const incident = await this.get(id);
    if (!closed) {
      throw new Problem(
        'incident-closed',
        `incident ${id} was closed at ${incident.closedAt ?? 'another time'}: ${incident.closeReason ?? ''}`,
      );
    }
    return incident;
  }
}

function incidentView({ createdAt, closedAt, ...incident }: StoredIncident): Incident {
  return {
    ...incident,
    createdAt: createdAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  };
}
