/** Comparisons of numbers: by value where both are known, and turned round where only the right one is not. */
export type Operator = '==' | '!=' | '<' | '>' | '<=' | '>=';

export function compared(op: Operator, a: number, b: number): boolean {
  switch (op) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
  }
}

export function mirrored(op: Operator): Operator {
  switch (op) {
    case '==':
    case '!=':
      return op;
    case '<':
      return '>';
    case '>':
      return '<';
    case '<=':
      return '>=';
    case '>=':
      return '<=';
  }
}
