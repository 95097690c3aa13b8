import type { AccessLevel, Granularity } from "../inventory/catalog.js";
import { enumType } from "./enum-type.js";

export const AccessLevelEnum = enumType<AccessLevel>("AccessLevel", "What kind of access an action gives.", {
  CREATE: "Makes something new.",
  GET: "Reads one thing.",
  LIST: "Lists things.",
  UPDATE: "Changes something that exists.",
  DELETE: "Removes something.",
  NONE: "No level is documented, or none can be told from the action's verb.",
});

export const GranularityEnum = enumType<Granularity>("Granularity", "How finely a service lets access be granted.", {
  SERVICE: "All of the service or nothing.",
  OPERATION: "Single operations, on all resources.",
  RESOURCE: "Single operations on single resources.",
});
