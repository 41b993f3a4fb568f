/** The rows of the engine beside another build of itself, by the names the command line takes. */
export const ENGINE_ROWS = [
  'walker-nbd',
  'walker-mlx5',
  'interpreter-nbd',
  'interpreter-mlx5',
  'search-nbd',
  'search-mlx5',
  'reduced-nbd',
  'reduced-mlx5',
] as const;

export type EngineRowName = (typeof ENGINE_ROWS)[number];
