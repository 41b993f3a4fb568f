/** Keyset paging as repositories know it: rows after the last one seen, newest first unless said. */
export interface After {
  limit: number;
  /** The id of the last row of the page before. */
  after?: number | undefined;
}
