/**
 * What validation says of a built program, in the author's words: the name of the thing, the call trace and the line where
 * it was written, in place of a pointer into JSON that the author never sees.
 */
import type { Program, ProgramProblem } from '@lastref/kernel';
import type { ProgramBuilder } from '../builder/program-builder.js';
import { inBrackets, type Site } from '../builder/site.js';
import type { TaskSpec } from '../language/scenario.js';

export interface Built {
  readonly program: Program;
  readonly builder: ProgramBuilder;
  readonly tasks: readonly TaskSpec[];
  readonly sites: readonly (Site | null)[];
}

/** Functions listed where a program has too many operations. */
const LARGEST = 5;

export function explain({ pointer, message }: ProgramProblem, built: Built): string {
  const [, list = '', index = '', ...rest] = pointer.split('/');
  const known = isListed(list) && index !== '' ? thing(list, Number(index), rest, built) : null;
  if (known !== null)
    return `${known.what}: ${unnamed(message, known.what)}${inBrackets(known.site)}`;
  if (list === 'given') return `given: ${message}`;
  if (list === 'faults' && rest.length > 0)
    return `allocation '${built.program.faults.points[Number(rest[0])]?.name ?? ''}': ${message}`;
  if (list === 'title') return `the title '${built.program.title}': ${message}`;
  const hint = list === 'code' ? `; the most are in ${largest(built)}` : '';
  return `the program is not valid: ${pointer === '' ? '/' : pointer}: ${message}${hint}`;
}

/** The message without the name of the thing, where it begins with it. */
function unnamed(message: string, what: string): string {
  const [begin, name] = /^('[^']*'): /.exec(message) ?? [];
  return begin !== undefined && name !== undefined && what.endsWith(name)
    ? message.slice(begin.length)
    : message;
}

interface Thing {
  readonly what: string;
  readonly site: Site | null | undefined;
}

const LISTED = [
  'bodies',
  'checks',
  'code',
  'functions',
  'milestones',
  'modules',
  'registries',
  'statics',
  'tables',
  'tasks',
  'types',
] as const;
type Listed = (typeof LISTED)[number];
const isListed = (name: string): name is Listed => (LISTED as readonly string[]).includes(name);

function thing(list: Listed, i: number, rest: readonly string[], built: Built): Thing {
  const { program, builder, tasks, sites } = built;
  switch (list) {
    case 'bodies': {
      const body = program.bodies[i];
      const local = rest[0] === 'locals' ? body?.locals[Number(rest[1])] : undefined;
      const what = local === undefined ? '' : `local '${local.name}' of `;
      return { what: `${what}${body?.name ?? ''}`, site: null };
    }
    case 'checks':
      return {
        what: `invariant or pool '${program.checks?.[i] ?? ''}'`,
        site: builder.checkSites[i],
      };
    case 'code': {
      const operation = program.code[i];
      const trace = operation === undefined ? '' : builder.trace(operation.frame);
      return { what: `${trace}: ${operation?.op ?? ''}`, site: sites[i] };
    }
    case 'functions': {
      const { name = '', file = '' } = program.functions[i] ?? {};
      const what = rest[0] === 'file' ? `file '${file}' of function` : 'function';
      return { what: `${what} '${name}'`, site: builder.functionSites[i] };
    }
    case 'milestones':
      return { what: `milestone '${program.milestones[i] ?? ''}'`, site: null };
    case 'modules':
      return {
        what: `module '${builder.modules.list[i]?.name ?? ''}'`,
        site: builder.modules.list[i]?.site,
      };
    case 'registries': {
      const registry = builder.registries.list[i];
      return { what: `sysfs directory '${registry?.name ?? ''}'`, site: registry?.site };
    }
    case 'statics': {
      const place = builder.statics.list[i];
      return { what: `static variable '${place?.field ?? ''}'`, site: place?.site };
    }
    case 'tables':
      return {
        what: `idr '${builder.tables.list[i]?.name ?? ''}'`,
        site: builder.tables.list[i]?.site,
      };
    case 'tasks':
      return { what: `task '${tasks[i]?.name ?? ''}'`, site: tasks[i]?.site };
    case 'types': {
      const struct = builder.types[i];
      const field = rest[0] === 'fields' ? program.types[i]?.fields[Number(rest[1])] : undefined;
      const what = field === undefined ? '' : `.${field.name}`;
      return {
        what: `struct '${struct?.tag ?? ''}${what}' (class ${struct?.name ?? ''})`,
        site: struct === undefined ? null : builder.typeSites.get(struct),
      };
    }
  }
}

/** Functions by the operations they bring, largest first. */
function largest({ program }: Built): string {
  const counts = new Map<string, number>();
  for (const { frame } of program.code) {
    const name = program.functions[program.frames[frame]?.fn ?? -1]?.name ?? '-';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a).slice(0, LARGEST);
  return sorted.map(([name, n]) => `${name} (${n})`).join(', ');
}
