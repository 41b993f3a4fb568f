/** Every bound of reading C: past one, a diagnostic says which and where. None of them depends on the machine. */
export const LIMITS = {
  /** Characters of one file. */
  fileChars: 4_000_000,
  /** Diagnostics shown; the rest are counted. */
  diagnostics: 50,
  /** Files included one in another. */
  includeDepth: 32,
  files: 256,
  /** Tokens that macros make of one unit, and how deep they go. */
  expandedTokens: 500_000,
  expansionDepth: 128,
  /** Depth of what is nested: brackets, blocks, operators. */
  nesting: 200,
  /** Steps back of the parser, over a whole unit. */
  attempts: 200_000,
  /** Largest non-negative value of an int whose range nothing tells. */
  ints: 7,
  /** What a counter that is only ever incremented may reach. */
  counter: 3,
  cases: 64,
  variants: 32,
} as const;
