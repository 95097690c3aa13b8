/** A batch that the database cannot take. Nothing of it was written. */
export class ImportRefused extends Error {
  override readonly name = "ImportRefused";
}
