/** How many positions of patterns a question may look at; shared by all searches of one question. */
export interface Budget {
  left: number;
  /** What is left when others are let in next. */
  nextTurn?: number;
}

/** Enough for 64 patterns of usual shape many times over; adversarial ones run out and are answered conservatively. */
export const STEP_BUDGET = 3_000_000;

/** How much of a budget is used before others get their turn: some milliseconds. */
const TURN = 20_000;

/** Whether it is time to let others in. Each turn is told once. */
export function isTurnOver(budget: Budget): boolean {
  budget.nextTurn ??= budget.left - TURN;
  if (budget.left > budget.nextTurn) return false;
  budget.nextTurn = budget.left - TURN;
  return true;
}
