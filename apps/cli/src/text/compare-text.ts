/** A comparison as a table: a row per program, the schedule's verdict there beside that of all schedules. */
import type { ComparedRun } from '@lastref/judging';
import type { ComparedRow, Comparison, SearchedRow } from '../answers/compare.js';
import { table } from './table.js';

export function compareText({ address, signature, rows, schedule }: Comparison): string {
  const body = rows.map((row) => [
    `${row.address}${row.borrowed ? ' *' : ''}`,
    scheduleText(row.run),
    signature === null ? '-' : hasText(row.searched),
    allText(row.searched),
  ]);
  const notes = rows.flatMap(noteOf);
  return [
    `${address}: ${signature ?? 'shows nothing'}, schedule ${schedule}`,
    '',
    table([['program', 'this schedule', 'has it at all', 'every schedule'], ...body]),
    ...(notes.length === 0 ? [] : [...notes, '']),
    ...(rows.some(({ borrowed }) => borrowed)
      ? [
          '* the case of the run, with the switches of a variant that has no case of these tasks',
          '',
        ]
      : []),
  ].join('\n');
}

function scheduleText({ verdict, parted }: ComparedRun): string {
  const word = WORDS[verdict];
  return parted === null || verdict === 'none' ? word : `${word}, parts at ${parted.n}`;
}

const WORDS: Readonly<Record<ComparedRun['verdict'], string>> = {
  same: 'fails the same',
  other: 'fails otherwise',
  passes: 'passes',
  outside: 'leaves the case',
  cut: 'is cut',
  unfinished: 'does not end',
  none: 'does not fit',
};

const hasText = (searched: SearchedRow | null): string =>
  searched === null ? '-' : searched.has === null ? 'not known' : searched.has ? 'yes' : 'no';

function allText(searched: SearchedRow | null): string {
  if (searched === null) return 'not searched';
  const { failures, complete } = searched;
  const short = [...new Set(failures.map((failure) => failure.replace(/\([^)]*\)/g, '')))];
  const open = complete ? '' : ', not proved';
  return failures.length === 0 ? (complete ? 'clean' : 'not proved') : `${short.join('; ')}${open}`;
}

function noteOf({ address, run: { parted, shows, verdict, why } }: ComparedRow): string[] {
  if (verdict === 'none')
    return why === 'other tasks' || why === null ? [] : [`${address}: ${why}`];
  return [
    ...(verdict === 'other' ? [`${address}: shows ${shows ?? ''}`] : []),
    ...(parted === null ? [] : [`${address}: from step ${parted.n} not as it was: ${parted.why}`]),
  ];
}
