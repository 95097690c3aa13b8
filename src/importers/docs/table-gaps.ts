import type { BatchFinding } from "../../inventory/batch.js";
import type { AuthorizationRow } from "./authorization-row.js";
import { noteLine } from "./page.js";
import type { RowReading } from "./read-row.js";

type GapReading = RowReading & { readonly row: AuthorizationRow };

/**
 * What the tables of a page as a whole leave open, one finding for each kind: older ones give no levels, no operations,
 * and no mark of what is required, and shorten names.
 */
export function tellGaps(readings: readonly GapReading[]): BatchFinding[] {
  const read = readings.filter(({ operations }) => operations.length > 0);
  const tell = (
    code: string,
    severity: BatchFinding["severity"],
    isGap: (one: GapReading) => boolean,
    message: (first: GapReading, count: number) => string,
  ): BatchFinding[] => {
    const gaps = read.filter(isGap);
    const [first] = gaps;
    return first === undefined ? [] : [noteLine(first.row.line, code, severity, message(first, gaps.length))];
  };
  const isMarked = read.some(({ operations }) =>
    operations.some(({ resources }) => resources.some(({ isRequired }) => isRequired)),
  );
  return [
    ...tell(
      "ACTION_WITHOUT_SERVICE",
      "WARNING",
      (one) => one.lackedService,
      (one, count) =>
        `${count} rows name actions without a service; this one is read as \`${one.operations[0]?.action ?? ""}\`, by the page's RAM code or the service of the resources`,
    ),
    ...tell(
      "OPERATION_NOT_NAMED",
      "WARNING",
      (one) => one.lackedOperation,
      (_, count) => `${count} rows name no API operation; each action stands for the operation of its own name`,
    ),
    ...tell(
      "LEVEL_NOT_GIVEN",
      "SUGGESTION",
      ({ row }) => row.level === undefined,
      (_, count) => `${count} rows give no access level; it is told from the verb of the action`,
    ),
    ...tell(
      "REQUIRED_NOT_MARKED",
      "SUGGESTION",
      (one) => !isMarked && one.operations.some(({ resources }) => resources.some(isTyped)),
      (_, count) => `${count} rows do not mark which resources are required; none is taken for required`,
    ),
    ...tell(
      "ARN_COMPLETED",
      "WARNING",
      (one) => one.completed.length > 0,
      (one, count) =>
        `${count} rows shorten the names of resources; they are completed as the page's full names begin, \`${one.completed[0] ?? ""}\` as \`${one.operations[0]?.resources[0]?.arnTemplate ?? ""}\``,
    ),
  ];
}

const isTyped = ({ arnTemplate }: { readonly arnTemplate: string }): boolean => arnTemplate !== "*";
