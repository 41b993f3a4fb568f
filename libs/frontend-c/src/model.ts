/**
 * A model file: front matter and C to scenarios, one for each variant, and to a program for each case. Pure: files are asked
 * for by name. Everything that is wrong is told at once; a program comes only of a variant without a mistake.
 */
import {
  BuildError,
  compileWithLines,
  task,
  type CaseSpec,
  type Compiled,
  type FunctionBuilder,
  type Scenario,
  type TaskSpec,
} from '@lastref/authoring';
import { readFront, type Front } from './front/read.js';
import type { CaseMatter, ExpectMatter } from './front/schema.js';
import { callDefinition } from './front/calls.js';
import { Declared, SYSTEM_QUEUE } from './lower/declared.js';
import { Model } from './lower/model.js';
import { Notes, type Note } from './lower/notes.js';
import { Statements } from './lower/statements.js';
import { worksOf } from './lower/works.js';
import { preprocess, type ReadFile } from './pp/preprocess.js';
import { Scan } from './scan/scan.js';
import { some } from './scan/walk.js';
import type { Unit } from './syntax/ast.js';
import { parse } from './syntax/parse.js';
import { Diagnostics, Fault, type Diagnostic } from './text/diagnostics.js';
import { START } from './text/position.js';
import { SourceLines } from './text/source-lines.js';

export interface CompiledCase {
  /** `scenario/variant/case`. */
  readonly address: string;
  readonly compiled: Compiled;
  /** As the front matter expects it; undefined: nothing is said. */
  readonly expect: ExpectMatter | undefined;
  readonly notes: readonly Note[];
}

export interface Reading {
  readonly cases: readonly CompiledCase[];
  readonly diagnostics: readonly Diagnostic[];
  /** Diagnostics beyond the bound. */
  readonly more: number;
  readonly ok: boolean;
}

/** Reads a model and compiles every case of every variant. */
export function readModel(file: string, read: ReadFile): Reading {
  const diagnostics = new Diagnostics();
  const cases = diagnostics.catch(() => compiledCases(file, read, diagnostics)) ?? [];
  return {
    cases: diagnostics.hasErrors ? [] : cases,
    diagnostics: diagnostics.sorted,
    more: diagnostics.more,
    ok: !diagnostics.hasErrors,
  };
}

function compiledCases(file: string, read: ReadFile, diagnostics: Diagnostics): CompiledCase[] {
  const text = read(file);
  if (text === null) throw new Fault(START(file), 'there is no such file');
  const front = readFront(text, file, diagnostics);
  if (front === null) return [];
  const lines = new SourceLines(read);
  const made = Object.keys(front.matter.variants).flatMap((variant) =>
    new Variant(front, variant, file, read, lines, diagnostics).cases(),
  );
  checkExpectations(front, made, diagnostics);
  return made;
}

function checkExpectations(
  { matter, at }: Front,
  made: readonly CompiledCase[],
  diagnostics: Diagnostics,
): void {
  if (diagnostics.hasErrors) return;
  for (const key of Object.keys(matter.expect))
    if (!made.some(({ address }) => address === `${matter.scenario}/${key}`))
      diagnostics.add({
        severity: 'error',
        at: at(['expect', key]),
        message: `there is no case '${key}'`,
        hint: `there are ${made.map(({ address }) => address.split('/').slice(1).join('/')).join(', ')}`,
      });
}

class Variant {
  private readonly notes = new Notes();
  private readonly unit: Unit;
  private readonly model: Model;

  constructor(
    private readonly front: Front,
    private readonly variant: string,
    private readonly file: string,
    read: ReadFile,
    lines: SourceLines,
    private readonly diagnostics: Diagnostics,
  ) {
    const { matter } = front;
    const defines = (matter.variants[variant]?.define ?? []).map((said) => {
      const [name = '', value = '1'] = said.split('=');
      return [name, value] as const;
    });
    const { tokens, comments } = preprocess(file, read, Object.fromEntries(defines), diagnostics);
    for (const { text, at } of comments)
      if (/^\/[*/]\s*lastref:/.test(text))
        diagnostics.add({
          severity: 'error',
          at,
          message: 'directives in comments are not known yet',
        });
    this.unit = parse(tokens, diagnostics);
    const scan = new Scan(this.unit);
    const declared = new Declared(scan, matter, diagnostics);
    this.model = new Model(
      matter,
      scan,
      declared,
      this.notes,
      diagnostics,
      (at) => lines.text(at),
      (definition, f, args) => {
        new Statements(this.model, f, definition).run(args);
      },
    );
  }

  cases(): CompiledCase[] {
    const { matter } = this.front;
    return Object.entries(matter.cases).flatMap(([name, spec]) =>
      spec.only?.includes(this.variant) === false ? [] : this.case(name, spec),
    );
  }

  private case(name: string, spec: CaseMatter): CompiledCase[] {
    const { matter, at } = this.front;
    const { diagnostics, model, variant } = this;
    const address = `${matter.scenario}/${variant}/${name}`;
    model.spec = spec;
    try {
      const compiled = diagnostics.catch(() =>
        compileWithLines(this.scenario(name, spec), address),
      );
      if (compiled === null) return [];
      const expect = matter.expect[`${variant}/${name}`];
      return [{ address, compiled, expect, notes: this.notes.list }];
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      if (!diagnostics.hasErrors)
        diagnostics.add({ severity: 'error', at: at(['cases', name]), message: error.message });
      return [];
    }
  }

  private scenario(name: string, spec: CaseMatter): Scenario {
    const { matter } = this.front;
    const { title = matter.scenario } = matter;
    const said = matter.variants[this.variant]?.title ?? this.variant;
    return {
      name: matter.scenario,
      title,
      switches: {},
      works: worksOf(this.model, (definition, f, args) => {
        new Statements(this.model, f, definition).run(args);
      }),
      variants: {
        [this.variant]: { title: said, switches: [], cases: { [name]: this.caseSpec(name, spec) } },
      },
    };
  }

  private caseSpec(name: string, spec: CaseMatter): CaseSpec {
    const { faults = [], budget, reaches, order, maxSteps, reuse } = spec;
    const tasks = Object.entries(spec.tasks).map(([called, said]): TaskSpec => {
      const { run, ...start } = typeof said === 'string' ? { run: said } : said;
      return task(called, this.code(run, ['cases', name, 'tasks', called]), defined(start));
    });
    return {
      title: spec.title ?? name,
      ...defined({ given: this.given(name, spec) }),
      tasks,
      ...defined({ reaches, order, maxSteps, reuse }),
      ...(faults.length === 0
        ? {}
        : {
            faults: {
              points: Object.fromEntries(faults.map((fault) => [fault, FAULT_WEIGHT])),
              ...defined({ budget }),
            },
          }),
    };
  }

  private given(name: string, { given }: CaseMatter): ((f: FunctionBuilder) => void) | undefined {
    const code = given === undefined ? null : this.code(given, ['cases', name, 'given']);
    const usesQueue = [...this.unit.functions.values()].some(({ body }) =>
      some(
        body,
        ({ k, ...node }) =>
          k === 'name' && 'name' in node && /^schedule_(delayed_)?work$/.test(node.name),
      ),
    );
    if (code === null && !usesQueue) return undefined;
    return (f) => {
      const queue = this.model.declared.statics[SYSTEM_QUEUE];
      if (usesQueue && queue !== undefined)
        f.store(queue as never, f.alloc_workqueue(this.model.declared.queue(SYSTEM_QUEUE)));
      code?.(f);
    };
  }

  private code(text: string, path: readonly string[]): (f: FunctionBuilder) => void {
    const definition = callDefinition(text, this.front.at(path), this.file);
    return (f) => {
      new Statements(this.model, f, definition).run([]);
    };
  }
}

const FAULT_WEIGHT = 16_384;

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the keys that say nothing. */
const defined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Defined<T>;
