/**
 * A strict JSON reader for bodies from strangers. JSON.parse keeps the last of two equal keys, takes
 * `__proto__` for a name, rounds large numbers and nests without end; here each of these is an error
 * with a pointer to its place. So is a key that would hide what every object inherits: an object whose `toString` is
 * no function throws wherever it is compared or printed, in libraries too (zod compares the `length` of whatever has one). One loop with a stack of its own: the depth is checked before a level
 * is opened, so no input can exhaust the call stack.
 */
import { type Token, ScanError, Scanner } from './scanner.js';

export type JsonResult =
  { ok: true; value: unknown } | { ok: false; pointer: string; message: string };

type Level =
  | { kind: 'array'; value: unknown[] }
  | { kind: 'object'; value: Record<string, unknown>; keys: Set<string>; key: string };

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

export function readStrictJson(text: string, maxDepth: number): JsonResult {
  const reader = new Reader(new Scanner(text), maxDepth);
  try {
    return { ok: true, value: reader.read() };
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    return { ok: false, pointer: reader.pointer(), message: error.message };
  }
}

class Reader {
  private readonly levels: Level[] = [];

  constructor(
    private readonly scanner: Scanner,
    private readonly maxDepth: number,
  ) {}

  pointer(): string {
    return this.levels.map((level) => `/${escapePointer(stepOf(level))}`).join('');
  }

  read(): unknown {
    let value = this.open(this.scanner.next());
    for (;;) {
      // `value` is complete unless it has just been opened: then its first item or its end comes next.
      const level = this.levels.at(-1);
      if (level === undefined) return this.finish(value);
      if (value !== level.value) {
        this.put(level, value);
        const after = this.scanner.next();
        if (this.closes(level, after)) {
          value = this.close();
          continue;
        }
        if (after.kind !== 'punctuation' || after.text !== ',')
          this.unexpected(after, ', or an end');
        value = this.item(level, this.scanner.next());
        continue;
      }
      const first = this.scanner.next();
      value = this.closes(level, first) ? this.close() : this.item(level, first);
    }
  }

  /** Opens the value that starts with this token; scalars are complete at once. */
  private open(token: Token): unknown {
    if (token.kind === 'string' || token.kind === 'scalar') return token.value;
    if (token.kind === 'end') throw new ScanError('is empty, or ends too early');
    if (token.text !== '{' && token.text !== '[') this.unexpected(token, 'a value');
    if (this.levels.length === this.maxDepth) {
      throw new ScanError(`is nested deeper than ${this.maxDepth} levels`);
    }
    const level: Level =
      token.text === '['
        ? { kind: 'array', value: [] }
        : { kind: 'object', value: {}, keys: new Set(), key: '' };
    this.levels.push(level);
    return level.value;
  }

  /** Reads the next item of a level from its first token on: in an object, the key before the value. */
  private item(level: Level, token: Token): unknown {
    if (level.kind === 'array') return this.open(token);
    if (token.kind !== 'string') this.unexpected(token, 'a key in quotes');
    level.key = token.value;
    if (FORBIDDEN_KEYS.has(token.value)) throw new ScanError(`has the key ${token.value}`);
    if (level.keys.has(token.value)) throw new ScanError('has this key twice');
    level.keys.add(token.value);
    const colon = this.scanner.next();
    if (colon.kind !== 'punctuation' || colon.text !== ':') this.unexpected(colon, 'a colon');
    return this.open(this.scanner.next());
  }

  private closes(level: Level, token: Token): boolean {
    const end = level.kind === 'array' ? ']' : '}';
    return token.kind === 'punctuation' && token.text === end;
  }

  private close(): unknown {
    return this.levels.pop()?.value;
  }

  private put(level: Level, value: unknown): void {
    if (level.kind === 'array') level.value.push(value);
    else level.value[level.key] = value;
  }

  private finish(value: unknown): unknown {
    const rest = this.scanner.next();
    if (rest.kind !== 'end') this.unexpected(rest, 'the end');
    return value;
  }

  private unexpected(token: Token, expected: string): never {
    const found = describe(token);
    throw new ScanError(`has ${found} where ${expected} is expected (${this.scanner.position()})`);
  }
}

function describe(token: Token): string {
  switch (token.kind) {
    case 'punctuation':
      return `"${token.text}"`;
    case 'end':
      return 'its end';
    case 'string':
      return 'a string';
    case 'scalar':
      return String(token.value);
  }
}

function stepOf(level: Level): string {
  return level.kind === 'array' ? String(level.value.length) : level.key;
}

function escapePointer(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
