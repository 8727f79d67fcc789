/**
 * Everything that a database holds of a workspace, as text, table by table: for tests that must show that something is
 * nowhere any more. Read behind the walls, from the catalogue, so that a table which is added later is looked at too.
 */
import pg from 'pg'

/** Names of the tables, with what stands in the places where `word` was found. */
export async function placesOf(adminUrl: string, workspaceId: string, word: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const tables = await client.query<{ name: string; walled: boolean }>(`
      select c.relname as name, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id') as walled
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`)
    const found: string[] = []
    for (const { name, walled } of tables.rows) {
      const mine = walled ? 'workspace_id = $2' : '$2::uuid is not null'
      const { rows } = await client.query<{ hits: number }>(
        `select count(*)::int as hits from "${name}" t where ${mine} and (t::text ilike $1 or t::text ilike $3)`,
        [`%${word}%`, workspaceId, `%${Buffer.from(word).toString('hex')}%`],
      )
      if ((rows[0]?.hits ?? 0) > 0) found.push(name)
    }
    return found
  } finally {
    await client.end()
  }
}
