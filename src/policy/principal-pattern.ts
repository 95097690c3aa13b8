/** Who a resource-based policy names. Bucket and endpoint policies list bare account or user ids under `RAM`. */
export interface PrincipalPattern {
  readonly kind: "RAM" | "SERVICE" | "FEDERATED";
  /** As written: an ARN, a bare id, a service principal, or `*` for anyone. */
  readonly text: string;
}
