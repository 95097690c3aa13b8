/** How often a property is tried: a sample in `npm test`, many times that under test/soak/jest.config.mjs. */
export function runs(sample: number): { readonly numRuns: number } {
  return { numRuns: sample * Number(process.env.RAMGRAPH_SOAK ?? 1) };
}
