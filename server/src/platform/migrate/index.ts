export type Migrated = { readonly applied: readonly string[] }
export declare function migrate(options: {
  adminUrl: string
  folder: string
  appPassword: string
}): Promise<Migrated>
export declare function prepareDatabase(options: {
  superuserUrl: string
  name: string
  migrations: string
  passwordFile: string
}): Promise<{ appUrl: string }>
