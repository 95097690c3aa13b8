import { enumType } from "./enum-type.js";

export type OrderDirection = "ASC" | "DESC";

export const OrderDirectionEnum = enumType<OrderDirection>("OrderDirection", "Which way a list is sorted.", {
  ASC: "Smallest or first in byte order comes first.",
  DESC: "Largest or last in byte order comes first.",
});
