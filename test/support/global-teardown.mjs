// After a Jest run with servers: stops them and removes their folder.
import { keeperOf } from './keeper.mjs';

export default async function globalTeardown() {
  await keeperOf(globalThis)?.close();
}
