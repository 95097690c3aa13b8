import { setFlagsFromString } from "node:v8";

/**
 * Has new objects begin young from now on, whatever became of those before. V8 lets what lived long in loading, or in the first
 * requests, begin old; there it outlives its request, keeps alive what that made, and waits for a sweep of all of memory. With a large
 * world in memory such a sweep stops everybody for some forty milliseconds; without, there is seldom one. To be called once everything
 * is loaded, as loading is faster the other way.
 */
export function keepGarbageYoung(): void {
  setFlagsFromString("--no-allocation-site-pretenuring");
}
