/** A part of the sample keeps `npm test` within three minutes. */
const DAILY = 0.5;

/**
 * How often a property is tried, and where it starts: the same part of the sample in every `npm test`, so that a change fails for what it
 * changed; many times that from a new start under test/soak/jest.config.mjs. `RAMGRAPH_SEED` repeats a run that failed.
 */
export function runs(sample: number): { readonly numRuns: number; readonly seed?: number } {
  const { RAMGRAPH_SOAK: times, RAMGRAPH_SEED: seed = times === undefined ? "20261122" : undefined } = process.env;
  return { numRuns: Math.ceil(sample * Number(times ?? DAILY)), ...(seed === undefined ? {} : { seed: Number(seed) }) };
}
