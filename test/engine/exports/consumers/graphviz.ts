/** Graphviz itself, compiled to WebAssembly: lays a graph out and answers it as JSON. */
import { instance, type Viz } from '@viz-js/viz';
import { z } from 'zod';

const graphSchema = z.object({
  objects: z.array(z.object({ _gvid: z.number(), name: z.string(), label: z.string() })),
  edges: z.array(z.object({ tail: z.number(), head: z.number(), label: z.string().optional() })),
});

export type Graph = z.infer<typeof graphSchema>;

let viz: Viz | undefined;

/** Throws what Graphviz says of a text that it does not take, warnings included. */
export async function layOut(dot: string): Promise<Graph> {
  viz ??= await instance();
  const result = viz.render(dot, { format: 'json0' });
  if (result.status !== 'success' || result.errors.length > 0)
    throw new Error(result.errors.map(({ message }) => message).join('; '));
  return graphSchema.parse(JSON.parse(result.output));
}
