/** How a reproduction is selected, wherever it is shown: alone or as the best one of a bug. */

export interface StoredReproduction {
  id: number;
  bug: number;
  program: string;
  address: string;
  signature: string;
  grade: string;
  events: number;
  preemptions: number;
  switches: number;
  steps: number;
  schedule: string;
  traceDigest: string;
  /** JSON text: what was expanded at each cheaper cost. */
  certificate: string;
  createdAt: Date;
}

export const REPRODUCTION_COLUMNS = `
  r.id, r.bug_id AS bug, g.digest AS program, g.address, s.text AS signature, r.grade, r.events,
  r.preemptions, r.switches, r.steps, r.schedule, r.trace_digest AS "traceDigest", r.certificate,
  r.created_at AS "createdAt"`;

export const REPRODUCTION_TABLES = `
  reproduction r
  JOIN program g ON g.id = r.program_id
  JOIN bug b ON b.id = r.bug_id
  JOIN signature s ON s.id = b.signature_id`;
