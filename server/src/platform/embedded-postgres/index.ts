export type EmbeddedPostgres = AsyncDisposable & { readonly superuserUrl: string; readonly port: number }
export type EmbeddedOptions = {
  /** Everything of this instance lives here: cluster, password, log. */
  readonly folder: string
  /** Extra server settings, `{ fsync: 'off' }`. Only the starter's count, not an adopter's. */
  readonly settings?: Readonly<Record<string, string>>
}
export declare function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres>
