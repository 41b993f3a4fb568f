/**
 * A schedule as text: one character 0-9 a-z per choice. First one per optional task, 1 if it starts; then per step the
 * number of the task, followed by 1 or 0 where the step has an armed fault point.
 */
export const encodeChoice = (choice: number): string => choice.toString(36);

/** The choice behind a character, or -1 if it is none. */
export const decodeChoice = (character: string): number => {
  const value = /^[0-9a-z]$/.test(character) ? parseInt(character, 36) : Number.NaN;
  return Number.isNaN(value) ? -1 : value;
};
