/** Command lines that the answers offer for the next step; they can be pasted as they stand. */
const LASTREF = 'npx --no lastref';

const quoted = (word: string): string =>
  /^[A-Za-z0-9_./:=,~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

const line = (...words: readonly (string | number)[]): string =>
  [LASTREF, ...words.map((word) => quoted(String(word)))].join(' ');

/** @param reference an address or a program file, as the user wrote it */
export const replayCommand = (reference: string, strategy: string, seed: number): string =>
  line('replay', reference, '--strategy', strategy, '--seed', seed);

export const replayScheduleCommand = (reference: string, schedule: string): string =>
  line('replay', reference, '--schedule', schedule);

/** With where the token's program was found, if that had to be said. */
export const replayTokenCommand = (
  token: string,
  { program, url }: { readonly program?: string | undefined; readonly url?: string | undefined },
): string =>
  line(
    'replay',
    token,
    ...(program === undefined ? [] : ['--program', program]),
    ...(url === undefined ? [] : ['--url', url]),
  );

/** Runs as many schedules as a hunt that stopped at a complete round did: the same ones. */
export const huntCommand = (
  reference: string,
  strategy: string,
  seed: number,
  schedules: number,
): string =>
  line('hunt', reference, '--strategy', strategy, '--seed', seed, '--schedules', schedules);

/** The signature is named because a run may show several, the seed because a large program needs a run to start from. */
export const shrinkCommand = (
  reference: string,
  signature: string,
  strategy: string,
  seed: number,
): string =>
  line('shrink', reference, '--signature', signature, '--strategy', strategy, '--seed', seed);

/** Without a run to start from: what a search has found, no sampled run shows. */
export const shrinkSignatureCommand = (reference: string, signature: string): string =>
  line('shrink', reference, '--signature', signature);
