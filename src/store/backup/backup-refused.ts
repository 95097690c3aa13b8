/** A backup that cannot be taken back, or a database that cannot take it. Nothing was changed. */
export class BackupRefused extends Error {
  override readonly name = "BackupRefused";
}
