import { readTemplates, serviceOfTemplate } from "./arn-template.js";
import { type AuthorizationRow, NAME } from "./authorization-row.js";
import type { PageTemplates } from "./page-templates.js";

/** The names of resources that rows print in full. */
export function fullTemplatesIn(rows: readonly AuthorizationRow[]): string[] {
  return rows
    .flatMap(({ resource }) => resource ?? [])
    .flatMap(readTemplates)
    .flatMap((reading) => ("template" in reading && reading.template.includes(":") ? [reading.template] : []));
}

/**
 * Tells the service of actions that bear none where the page gives no RAM code: the one service of the row's resources,
 * else the one that all other such rows have.
 */
export function serviceFinder(
  rows: readonly AuthorizationRow[],
  templates: PageTemplates,
): (row: AuthorizationRow) => string | undefined {
  const bareRows = rows.filter(({ actions, operations }) =>
    [...actions, ...operations].some((name) => NAME.test(name)),
  );
  const known = new Set(bareRows.flatMap((row) => only(servicesOf(row, templates)) ?? []));
  return (row) => only(servicesOf(row, templates)) ?? only(known);
}

function servicesOf({ resource }: AuthorizationRow, templates: PageTemplates): Set<string> {
  const services = (resource ?? []).flatMap(readTemplates).flatMap((reading) => {
    const whole = "template" in reading ? reading.template : undefined;
    const completed = "shortened" in reading ? templates.complete(reading.shortened, undefined) : undefined;
    return serviceOfTemplate(whole ?? completed ?? "") ?? [];
  });
  return new Set(services);
}

function only(services: ReadonlySet<string>): string | undefined {
  return services.size === 1 ? [...services][0] : undefined;
}
