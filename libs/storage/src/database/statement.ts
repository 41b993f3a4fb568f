/**
 * A raw SQL statement together with the columns its rows have. The type of a row is derived from the columns, and
 * raw-statements.spec.ts has PostgreSQL describe every statement against the migrated schema: so a row is never what
 * only a type assertion says. Raw SQL is for what Prisma's client cannot say; each file that holds some says what.
 * A column computed by an expression may be null without the server telling: `orNull` is checked for plain columns only.
 */

/** `value` exists for the type alone. */
export interface Column<Value> {
  readonly oid: number;
  readonly nullable: boolean;
  readonly value?: Value;
}

export type Columns = Readonly<Record<string, Column<unknown>>>;

export type RowOf<C extends Columns> = {
  -readonly [Name in keyof C]: C[Name] extends Column<infer Value> ? Value : never;
};

export interface Statement<C extends Columns = Columns> {
  readonly text: string;
  readonly columns: C;
}

const column = <Value>(oid: number): Column<Value> => ({ oid, nullable: false });

export const bool = column<boolean>(16);
export const int8 = column<number>(20);
export const int4 = column<number>(23);
export const text = column<string>(25);
export const float8 = column<number>(701);
export const char = column<string>(1042);
export const timestamp = column<Date>(1184);
export const uuid = column<string>(2950);
export const int4s = column<number[]>(1007);
export const texts = column<string[]>(1009);
/** A document that this service wrote, in the form it wrote it. */
export const json = <Value>(): Column<Value> => column<Value>(3802);
/** A text that is one of these: a state, cast to text. */
export const oneOf = <Word extends string>(...words: readonly [Word, ...Word[]]): Column<Word> => ({
  ...column<Word>(text.oid),
  value: words[0],
});

export const orNull = <Value>({ oid }: Column<Value>): Column<Value | null> => ({
  oid,
  nullable: true,
});

const known: Statement[] = [];

/** Every statement of this library, for the spec that checks them. */
export const statements: readonly Statement[] = known;

export function statement<const C extends Columns>(columns: C, sql: string): Statement<C> {
  const made = { text: sql, columns };
  known.push(made);
  return made;
}
