/** Incidents for specs that may not know storage. */
import { type Database, type NewIncident, openIncident } from '@lastref/storage';

export async function sampleIncident(
  db: Database,
  incident: Pick<NewIncident, 'kind' | 'subject' | 'campaign'>,
): Promise<number> {
  const id = await openIncident(db, { ...incident, detail: 'sample' });
  if (id === null) throw new Error(`${incident.kind} of ${incident.subject} was opened before`);
  return id;
}
