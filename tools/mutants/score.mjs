// What a run came to: printed, and kept in score.json by file, from which the tables of docs/testing.md are written. Why a survivor may live is said once, in reasons.json, by its file and the text it replaced; lines may move.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../json.mjs';
import { ROOT, sourcesIn } from './files.mjs';

/** @typedef {import('./engine-mutants.mjs').Mutant} Mutant */
/** @typedef {{ mutants: number, killed: number, survivors: Mutant[] }} Score */
/** @typedef {Record<string, Record<string, Score>>} Scores by folder, by file */
/** @typedef {{ file?: string, was?: string, now?: string, reason: string }} Reason */

const SCORE = join(import.meta.dirname, 'score.json');
const REASONS = join(import.meta.dirname, 'reasons.json');
const DOCUMENT = join(ROOT, 'docs/testing.md');
const [BEGIN, END] = ['<!-- mutants: written by npm run mutants -->', '<!-- mutants: end -->'];

const LONGEST = 60;
const DEAD = ['Killed', 'Timeout'];
/** Neither alive nor dead: it was no program. */
const VOID = ['Ignored', 'CompileError', 'RuntimeError'];

/** @param {readonly Mutant[]} mutants @returns {Score} */
function summary(mutants) {
  const counted = mutants.filter(({ status }) => !VOID.includes(status));
  const survivors = counted.filter(({ status }) => !DEAD.includes(status));
  return { mutants: counted.length, killed: counted.length - survivors.length, survivors };
}

/** @param {Score} score */
const percent = ({ mutants, killed }) =>
  mutants === 0 ? '-' : `${((100 * killed) / mutants).toFixed(1)} %`;

/** One line, short enough for a table. @param {string} text */
const short = (text) => {
  const line = text.replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('`', "'");
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
};
/** @param {Mutant} mutant */
const shown = ({ file, line, was, now, status }) =>
  `${file}:${line} \`${short(was)}\` → \`${short(now)}\`${status === 'NoCoverage' ? ' (no test runs it)' : ''}`;

/**
 * @param {string} folder
 * @param {readonly Mutant[]} mutants
 */
export function printed(folder, mutants) {
  const found = summary(mutants);
  const lines = found.survivors.map((survivor) => `  ${shown(survivor)}`);
  return [
    ...lines,
    `${folder}: ${found.killed} of ${found.mutants} killed (${percent(found)})`,
  ].join('\n');
}

/**
 * The files' scores take the place of earlier ones; those of files and folders that are gone are dropped.
 * @param {string} folder
 * @param {{ files: readonly string[], mutants: readonly Mutant[] }} found
 */
export function recordScore(folder, { files, mutants }) {
  const before = /** @type {Scores} */ (readJson(SCORE));
  const now = Object.fromEntries(
    files.map((name) => [name, summary(mutants.filter(({ file }) => file === name))]),
  );
  const inFolder = Object.entries({ ...before[folder], ...now })
    .filter(([file]) => existsSync(join(ROOT, file)))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const scores = { ...before, [folder]: Object.fromEntries(inFolder) };
  writeFileSync(SCORE, `${JSON.stringify(scores, null, 2)}\n`);
  const text = readFileSync(DOCUMENT, 'utf8');
  const [head, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`docs/testing.md has no place for scores: ${BEGIN}`);
  writeFileSync(DOCUMENT, `${head}${BEGIN}\n\n${tables(scores)}\n\n${END}${after}`);
}

/** @param {readonly Score[]} scores @returns {Score} */
const sum = (scores) => ({
  mutants: scores.reduce((all, { mutants }) => all + mutants, 0),
  killed: scores.reduce((all, { killed }) => all + killed, 0),
  survivors: scores.flatMap(({ survivors }) => survivors),
});

/** @param {string} name @param {Score} score */
const row = (name, score) =>
  `| ${name} | ${score.mutants} | ${score.killed} | ${score.survivors.length} | ${percent(score)} |`;

/** @param {Scores} scores */
function tables(scores) {
  const rows = Object.entries(scores).flatMap(([folder, files]) => [
    row(`**\`${folder}\`**`, sum(Object.values(files))),
    ...Object.entries(files).map(([file, score]) =>
      row(`\`${file.slice(folder.length + 1)}\``, score),
    ),
  ]);
  const missing = Object.entries(scores).flatMap(([folder, files]) =>
    sourcesIn(folder).filter((file) => !Object.hasOwn(files, file)),
  );
  const { survivors } = sum(Object.values(scores).flatMap((files) => Object.values(files)));
  const lists = [...group(survivors)].flatMap(([reason, list]) => [
    '',
    `${reason} (${list.length}):`,
    '',
    ...list.map((survivor) => `- ${shown(survivor)}`),
  ]);
  return [
    '| file | mutants | killed | survived | score |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
    ...(missing.length > 0
      ? ['', 'Not mutated yet:', '', ...missing.map((file) => `- \`${file}\``)]
      : []),
    ...(lists.length > 0 ? ['', 'Survivors, by the reason they live:', ...lists] : []),
  ].join('\n');
}

/** @param {readonly Mutant[]} survivors */
function group(survivors) {
  /** @type {Map<string, Mutant[]>} */
  const groups = new Map();
  for (const survivor of survivors) {
    const reason = reasonOf(survivor);
    groups.set(reason, [...(groups.get(reason) ?? []), survivor]);
  }
  return groups;
}

/**
 * The first that fits: by file, by the text that was replaced, by the replacement; what a reason leaves out fits all.
 * @param {Mutant} mutant
 */
function reasonOf({ file, was, now }) {
  const reasons = /** @type {Reason[]} */ (readJson(REASONS));
  const found = reasons.find(
    (reason) =>
      (reason.file === undefined || file.endsWith(reason.file)) &&
      (reason.was === undefined || was.includes(reason.was)) &&
      (reason.now === undefined || now === reason.now),
  );
  return found?.reason ?? 'No reason yet: a test is missing';
}
