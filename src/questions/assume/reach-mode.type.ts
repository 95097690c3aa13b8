import { enumType } from "../../graphql/enum-type.js";
import type { ReachMode } from "../who-can/principal-access.js";

export const ReachEnum = enumType<ReachMode>("Reach", "How far to look.", {
  DIRECT: "Only principals that may do it themselves.",
  ASSUMED: "Also principals that get there by assuming roles, one after the other.",
});
