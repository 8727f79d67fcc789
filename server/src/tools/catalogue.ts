/**
 * Owns reading a migrated database's catalogue: what a person reviews in schema.sql and what the types are made of.
 * Only the schema `public`; the job tables are somebody else's. Every list is in a stable order, so two prints of the
 * same schema are the same bytes.
 */
import type { Client } from 'pg'

export type Column = {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  readonly fallback: string | null
  /** `always`, `default` (identity) or `stored` (generated); null for an ordinary column. */
  readonly generated: string | null
}
export type Named = { readonly table: string; readonly name: string; readonly definition: string }
export type Table = {
  readonly name: string
  readonly kind: 'table' | 'view'
  readonly partition: string | null
  readonly partitionKey: string | null
  readonly secured: boolean
  readonly forced: boolean
  readonly definition: string | null
}
export type Routine = {
  readonly name: string
  readonly owner: string
  readonly definition: string
  readonly grants: string
}
export type Grant = { readonly table: string; readonly role: string; readonly rights: string }
export type Catalogue = {
  readonly tables: readonly Table[]
  readonly columns: readonly Column[]
  readonly constraints: readonly Named[]
  readonly indexes: readonly Named[]
  readonly policies: readonly Named[]
  readonly triggers: readonly Named[]
  readonly routines: readonly Routine[]
  readonly grants: readonly Grant[]
}

/** Reads everything in one snapshot. The connection must be one that may see every object. */
export async function readCatalogue(client: Client): Promise<Catalogue> {
  await client.query(`set search_path = ''`)
  await client.query(`set search_path = public, pg_catalog`)
  return {
    tables: await rows<Table>(client, tables),
    columns: await rows<Column>(client, columns),
    constraints: await rows<Named>(client, constraints),
    indexes: await rows<Named>(client, indexes),
    policies: await rows<Named>(client, policies),
    triggers: await rows<Named>(client, triggers),
    routines: await rows<Routine>(client, routines),
    grants: await rows<Grant>(client, grants),
  }
}

async function rows<Row>(client: Client, text: string): Promise<readonly Row[]> {
  return (await client.query(text)).rows as Row[]
}

const ours = `c.relnamespace = 'public'::regnamespace`

const tables = `
  select c.relname as name, case c.relkind when 'v' then 'view' else 'table' end as kind,
    (select p.relname || ' ' || pg_get_expr(c.relpartbound, c.oid) from pg_inherits i join pg_class p on p.oid = i.inhparent
     where i.inhrelid = c.oid) as partition,
    pg_get_partkeydef(c.oid) as "partitionKey", c.relrowsecurity as secured, c.relforcerowsecurity as forced,
    case c.relkind when 'v' then pg_get_viewdef(c.oid) end as definition
  from pg_class c where ${ours} and c.relkind in ('r', 'p', 'v') order by c.relname collate "C"`

const columns = `
  select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as "notNull",
    pg_get_expr(d.adbin, d.adrelid) as fallback,
    case when a.attidentity = 'a' then 'always' when a.attidentity = 'd' then 'default'
         when a.attgenerated = 's' then 'stored' when a.attgenerated = 'v' then 'virtual' end as generated
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where ${ours} and c.relkind in ('r', 'p', 'v') order by c.relname collate "C", a.attnum`

const constraints = `
  select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
  from pg_constraint k join pg_class c on c.oid = k.conrelid
  where ${ours} and k.contype <> 'n' and k.conparentid = 0
  order by c.relname collate "C", position(k.contype in 'pufcx'), k.conname collate "C"`

const indexes = `
  select c.relname as table, x.relname as name, pg_get_indexdef(i.indexrelid) as definition
  from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
  where ${ours} and not c.relispartition
    and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  order by c.relname collate "C", x.relname collate "C"`

const policies = `
  select p.tablename as table, p.policyname as name,
    format('for %s to %s%s%s', lower(p.cmd), array_to_string(p.roles, ', '),
      ' using (' || p.qual || ')', ' with check (' || p.with_check || ')') as definition
  from pg_policies p where p.schemaname = 'public' order by p.tablename collate "C", p.policyname collate "C"`

const triggers = `
  select c.relname as table, t.tgname as name, pg_get_triggerdef(t.oid) as definition
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where ${ours} and not t.tgisinternal and t.tgparentid = 0 order by c.relname collate "C", t.tgname collate "C"`

const routines = `
  select p.oid::regprocedure::text as name, pg_get_userbyid(p.proowner) as owner,
    pg_get_functiondef(p.oid) as definition,
    case when p.proacl is null then 'public' else coalesce((
      select string_agg(coalesce(nullif(a.grantee, 0)::regrole::text, 'public'), ', ' order by a.grantee)
      from aclexplode(p.proacl) a where a.grantee <> p.proowner), 'nobody else') end as grants
  from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  order by p.oid::regprocedure::text collate "C"`

const grants = `
  select c.relname as table, coalesce(nullif(a.grantee, 0)::regrole::text, 'public') as role,
    string_agg(lower(a.privilege_type), ', ' order by a.privilege_type) as rights
  from pg_class c, aclexplode(c.relacl) a
  where ${ours} and c.relkind in ('r', 'p', 'v') and a.grantee <> c.relowner
  group by c.relname, a.grantee order by c.relname collate "C", 2`
