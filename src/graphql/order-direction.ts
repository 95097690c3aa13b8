import { enumType } from "./enum-type.js";

export type OrderDirection = "ASC" | "DESC";

export const OrderDirectionEnum = enumType<OrderDirection>("OrderDirection", "Which way a list is sorted.", {
  ASC: "Smallest first.",
  DESC: "Largest first.",
});
