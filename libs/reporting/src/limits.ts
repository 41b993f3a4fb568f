/** What a page of text may hold; the same for terminals, web pages and files. */

/** Columns of text an interleaving of up to two tasks fits into. */
export const PAGE_WIDTH = 100;

/** No column of an interleaving gets narrower; more tasks make a wider page instead. */
export const COLUMN_MIN = 36;

/** A stretch of one task with fewer steps is shown whole. */
export const FOLD_FROM = 5;

/** Lines of a loop that a report shows. */
export const LOOP_LINES = 20;

/** Rows of a sequence diagram: what draws it refuses texts of more than 50,000 characters, and 500 messages. */
export const MERMAID_ROWS = 240;
