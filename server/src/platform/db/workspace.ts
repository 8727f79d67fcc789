/**
 * Owns how a transaction begins: together with the workspace it sees, in one message, because every transaction of the
 * product pays for it.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { CompiledQuery, PostgresDialect, PostgresDriver } from 'kysely'
import type { DatabaseConnection, PostgresDialectConfig, TransactionSettings } from 'kysely'

const beginning = new AsyncLocalStorage<string | undefined>()
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/**
 * Whatever transaction `begin` begins sees this workspace, or none.
 * @throws RangeError for what is no workspace id
 */
export function beginsIn<T>(workspaceId: string | undefined, begin: () => T): T {
  if (workspaceId !== undefined && !uuid.test(workspaceId)) throw new RangeError('not a workspace id')
  return beginning.run(workspaceId, begin)
}

class OurDriver extends PostgresDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    { isolationLevel, accessMode }: TransactionSettings,
  ): Promise<void> {
    const workspaceId = beginning.getStore()
    const level = isolationLevel === undefined ? '' : ` isolation level ${isolationLevel}`
    const mode = accessMode === undefined ? '' : ` ${accessMode}`
    const sees =
      workspaceId === undefined ? '' : `; select set_config('kontor.workspace', '${workspaceId}', true)`
    await connection.executeQuery(CompiledQuery.raw(`begin${level}${mode}${sees}`))
  }
}

export class OurDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig

  constructor(config: PostgresDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): PostgresDriver {
    return new OurDriver(this.#config)
  }
}
