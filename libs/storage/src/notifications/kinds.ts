/** What can be announced. The words are those of the database and of the API. */
export const ANNOUNCEMENT_KINDS = [
  'new-signature',
  'regression',
  'canary',
  'incident',
  'late-campaign',
] as const;

export type AnnouncementKind = (typeof ANNOUNCEMENT_KINDS)[number];
