// Small changes to SQL: to conditions, locks, order and counting. SQL stands in .sql files and in template literals that begin
// with a statement; to Stryker it is a string and no more. It is read as text, which is enough for comparisons and keywords.

const STATEMENT = /^\s*(--[^\n]*\n\s*)*(WITH|SELECT|INSERT|UPDATE|DELETE|LOCK|TRUNCATE)\b/;
const TEMPLATE = /`([^`\\]|\\.)*`/g;

/**
 * What is found, and what stands in its place. The first that fits a place is made there.
 * @type {readonly (readonly [pattern: RegExp, now: string])[]}
 */
const CHANGES = [
  [/\bIS NOT NULL\b/g, 'IS NULL'],
  [/\bIS NULL\b/g, 'IS NOT NULL'],
  [/\bIS NOT DISTINCT FROM\b/g, 'IS DISTINCT FROM'],
  [/\bIS DISTINCT FROM\b/g, 'IS NOT DISTINCT FROM'],
  [/\bNOT EXISTS\b/g, 'EXISTS'],
  [/(?<!NOT )\bEXISTS(?= *\()/g, 'NOT EXISTS'],
  [/\bNOT IN\b/g, 'IN'],
  [/(?<!NOT )\bIN(?= *\()/g, 'NOT IN'],
  [/ SKIP LOCKED\b/g, ''],
  [/\bFOR (NO KEY )?(UPDATE|SHARE)( OF \w+)?( SKIP LOCKED)?/g, ''],
  [/\bASC\b/g, 'DESC'],
  [/\bDESC\b/g, 'ASC'],
  [/\bDISTINCT(?! FROM)\b/g, ''],
  [/\bLEFT JOIN\b/g, 'JOIN'],
  [/\b(least|min)(?=\()/gi, 'greatest'],
  [/\b(greatest|max)(?=\()/gi, 'least'],
  [/<>|!=/g, '='],
  [/>=/g, '<'],
  [/<=/g, '>'],
  [/(?<![<>=!-])>(?![>=])/g, '<='],
  [/(?<![<>])<(?![<>=@])/g, '>='],
  [/ \+ (?=\w|\()/g, ' - '],
  [/ - (?=\w|\()/g, ' + '],
];
/** A condition by itself: up to the next keyword, bracket or end of line. */
const CONJUNCT =
  /\b(AND|WHERE|ON)\s+[^\n()]*?(?=\s+AND\b|\s+OR\b|\s+(ORDER|GROUP|FOR|LIMIT|RETURNING|SET|THEN)\b|\n|\)|`|$)/g;
/** The same with one pair of brackets in it. */
const CONJUNCT_CALL =
  /\b(AND|WHERE|ON)\s+[^\n()]*\([^()\n]*\)[^\n()]*?(?=\s+AND\b|\s+OR\b|\n|\)|`|$)/g;

/** @typedef {{ start: number, end: number, was: string, now: string }} Change */

/**
 * Every change of the SQL in a file.
 * @param {string} path
 * @param {string} text
 * @returns {Change[]}
 */
export function changesOf(path, text) {
  const parts = path.endsWith('.sql') ? [{ at: 0, sql: text }] : templatesIn(text);
  return parts
    .flatMap(({ at, sql }) => changesIn(sql).map((one) => shifted(one, at)))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** @param {string} text */
function templatesIn(text) {
  return [...text.matchAll(TEMPLATE)]
    .map((match) => ({ at: match.index + 1, sql: match[0].slice(1, -1) }))
    .filter(({ sql }) => STATEMENT.test(sql));
}

/** @param {Change} change @param {number} by @returns {Change} */
const shifted = ({ start, end, was, now }, by) => ({ start: start + by, end: end + by, was, now });

/** @param {string} sql */
function changesIn(sql) {
  /** @type {Change[]} */
  const found = [];
  const taken = new Set();
  /** @param {RegExpExecArray} match @param {string} now */
  const add = (match, now) => {
    const start = match.index;
    const end = start + match[0].length;
    const key = `${start} ${now}`;
    if (taken.has(key) || isComment(sql, start)) return;
    taken.add(key);
    found.push({ start, end, was: match[0], now });
  };
  const places = new Set();
  for (const [pattern, now] of CHANGES)
    for (const match of sql.matchAll(pattern)) {
      if (places.has(match.index)) continue;
      places.add(match.index);
      add(match, now);
    }
  for (const pattern of [CONJUNCT, CONJUNCT_CALL])
    for (const match of sql.matchAll(pattern))
      add(match, match[1] === 'AND' ? '' : `${match[1] ?? ''} true`);
  return found;
}

/** Whether the place is in a comment to the end of its line. @param {string} sql @param {number} place */
function isComment(sql, place) {
  const line = sql.slice(sql.lastIndexOf('\n', place - 1) + 1, place);
  return line.includes('--');
}
