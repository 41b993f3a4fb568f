/** Why there is no measurement, as an answer and not an exception: what is missing, and what to do. */
export interface Refusal {
  /** Wrong use, or something that this machine lacks. */
  readonly refused: 'usage' | 'environment';
  readonly message: string;
}

export const isRefusal = (result: object): result is Refusal => 'refused' in result;
