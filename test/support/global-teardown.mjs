// After a Jest run with servers: stops them and removes their folder.
export default async function globalTeardown() {
  await globalThis.lastrefTestKeeper?.close();
}
