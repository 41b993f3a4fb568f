/** What tools/prisma needs of a global that Node has and its types of this version do not. */
declare namespace WebAssembly {
  interface Started {
    readonly instance: { readonly exports: { __wbindgen_start(): void } };
  }
  function instantiate(
    bytes: Uint8Array,
    imports: Readonly<Record<string, object>>,
  ): Promise<Started>;
}
