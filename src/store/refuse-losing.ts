import { ImportRefused } from "./import-refused.js";

/** How many facts of one kind the source held, and how many of these the import would remove. */
export interface KindLoss {
  /** In the plural, as people call them. */
  readonly kind: string;
  readonly held: number;
  readonly removed: number;
}

/** Of fewer facts one or two may well go in a night. */
const FEW = 10;

/**
 * Refuses an import that would remove more than half of all that its source held, or of any one kind of which there were
 * ten or more: a list that failed is small beside the others, and what it held decides answers all the same.
 *
 * @throws ImportRefused naming the kinds
 */
export function refuseLosing(losses: readonly KindLoss[]): void {
  const held = losses.reduce((sum, loss) => sum + loss.held, 0);
  const removed = losses.reduce((sum, loss) => sum + loss.removed, 0);
  const halved = losses.filter((loss) => loss.held >= FEW && loss.removed * 2 > loss.held);
  if (removed * 2 <= held && halved.length === 0) return;
  const named = halved.length === 0 ? losses.filter((loss) => loss.removed * 2 > loss.held) : halved;
  const kinds = named.map((loss) => `${loss.removed} of ${loss.held} ${loss.kind}`).join(", ");
  throw new ImportRefused(
    `the import would remove ${removed} of the ${held} facts that its source held, among them ${kinds}; nothing was written; if they are really gone, import again and allow it to shrink`,
  );
}
