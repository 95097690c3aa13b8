/** SQL for an instant as RFC 3339 text in UTC, with as many digits after the second as it needs. */
export function instant(column: string): string {
  const text = (format: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:${format}')`;
  // Nearly all are whole seconds, and a regular expression on each of a million rows takes seconds.
  return `CASE WHEN date_trunc('second', ${column}) = ${column} THEN ${text('SS"Z"')}
          ELSE regexp_replace(${text("SS.US")}, '0+$', '') || 'Z' END`;
}
