/**
 * Tables behind walls show the owner of the schema no row, so that what a migration does to their rows as that owner does
 * nothing, and nobody hears of it. Rows are changed as kontor_definer.
 */
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../testing/database.ts'

const { database } = await testDatabase()
const folder = fileURLToPath(new URL('../../../migrations/', import.meta.url))

/** Statements of a file without comments, texts and bodies of functions, each with the role that runs it. */
function statementsOf(text: string): readonly { readonly role: string; readonly text: string }[] {
  let role = 'kontor_owner'
  return text
    .replaceAll(/--[^\n]*|(\$\w*\$)[\s\S]*?\1|'[^']*'/g, ' ')
    .split(';')
    .map((statement) => statement.trim().replaceAll(/\s+/g, ' ').toLowerCase())
    .filter((statement) => statement !== '')
    .map((statement) => {
      role = /^set (?:local )?role (\w+)/.exec(statement)?.[1] ?? role
      return { role, text: statement }
    })
}

const definitions = /^(?:create|alter|drop|grant|revoke|comment|set|call kontor_raise_wall)\b/
const filled = /^create (?:unlogged )?(?:table|materialized view)\b.* as (?:select|with|table)\b/

/** What a file does to rows behind walls as the owner; a block of code may do anything. */
function overlooking(text: string, walled: ReadonlySet<string>): string[] {
  return statementsOf(text)
    .filter(({ role, text: one }) => role === 'kontor_owner' && (!definitions.test(one) || filled.test(one)))
    .filter(
      ({ text: one }) => /^do\b/.test(one) || (one.match(/\w+/g) ?? []).some((word) => walled.has(word)),
    )
    .map((one) => one.text)
}

async function walledTables(): Promise<ReadonlySet<string>> {
  const { rows } = await database.call((db) =>
    sql<{ name: string }>`select relname as name from pg_class
      where relforcerowsecurity and relnamespace = 'public'::regnamespace`.execute(db),
  )
  return new Set(rows.map(({ name }) => name))
}

test('no migration changes or reads rows behind walls as the owner, but the one that 0080 mends', async () => {
  const walled = await walledTables()
  const found: Record<string, string[]> = {}
  for (const name of await readdir(folder)) {
    const statements = overlooking(await readFile(`${folder}${name}`, 'utf8'), walled)
    if (statements.length > 0) found[name] = statements
  }
  expect(found).toEqual({
    '0058-shared-level.sql': [
      'update oauth_grant set shared_level = level where shared',
      'update consent_request set shared_level = level where shared',
    ],
  })
})

test.each([
  ['update submission set tries = 0'],
  ['with old as (select id from submission) delete from submission using old where false'],
  ['insert into event_log select id from submission'],
  ['create table copy as select * from submission'],
  ['select count(*) from submission'],
  ['do $$ begin null; end $$'],
  ["set local role kontor_definer; set local role kontor_owner; update submission set key = ';'"],
])('%s is found', async (text) => {
  expect(overlooking(text, await walledTables())).toHaveLength(1)
})

test.each([
  ['update address_cap set used = 0'],
  ['set local role kontor_definer; update submission set tries = 0'],
  ['create function f() returns void language sql as $f$ update submission set tries = 0 $f$'],
  ["comment on table submission is 'update submission'"],
  ['-- update submission set tries = 0;'],
  ["call kontor_raise_wall('submission')"],
  ['alter table submission add column more text'],
])('%s is none', async (text) => {
  expect(overlooking(text, await walledTables())).toEqual([])
})
