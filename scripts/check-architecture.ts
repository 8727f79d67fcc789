/**
 * Proves that the architecture check bites. The clean tree must pass, having read every file that exists; and on a
 * copy with one forbidden import per rule, each rule must report exactly that import.
 *
 * The imports that break the layer table are made from the table itself; a rule without one fails this check.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

type Rule = { readonly name: string; readonly comment: string }
type Mutation = { readonly rule: string; readonly from: string; readonly to: string }
type Cruise = {
  readonly modules: readonly { readonly source: string }[]
  readonly summary: {
    readonly violations: readonly {
      readonly from: string
      readonly to: string
      readonly rule: { readonly name: string }
    }[]
  }
}

const root = fileURLToPath(new URL('../', import.meta.url))
const sources = ['api/src', 'server/src', 'server/simulation', 'practice/src', 'web/src']
const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { forbidden: readonly Rule[] }
const failures: string[] = []

const particular: readonly Mutation[] = [
  { rule: 'no-cycles', from: 'server/src/mail/zz-one.ts', to: 'server/src/mail/zz-two.ts' },
  {
    rule: 'domains-through-the-front-door',
    from: 'server/src/sending/zz.ts',
    to: 'server/src/mailboxes/zz-inner.ts',
  },
  { rule: 'routes-only-from-http', from: 'server/src/inbox/zz-a.ts', to: 'server/src/inbox/routes-zz.ts' },
  { rule: 'jobs-only-from-worker', from: 'server/src/inbox/zz-b.ts', to: 'server/src/inbox/jobs.ts' },
  { rule: 'http-kit-only-for-routes', from: 'server/src/inbox/zz-c.ts', to: 'server/src/http-kit/zz.ts' },
  {
    rule: 'providers-know-only-the-port',
    from: 'server/src/providers/zz/a.ts',
    to: 'server/src/mailboxes/index.ts',
  },
  {
    rule: 'providers-are-strangers',
    from: 'server/src/providers/zz/b.ts',
    to: 'server/src/providers/yy/a.ts',
  },
  {
    rule: 'only-compose-knows-adapters',
    from: 'server/src/worker/zz.ts',
    to: 'server/src/providers/yy/a.ts',
  },
  { rule: 'tests-use-the-fake', from: 'server/src/sending/zz.test.ts', to: 'server/src/providers/yy/a.ts' },
  { rule: 'nobody-imports-the-top', from: 'server/src/http/zz.ts', to: 'server/src/config.ts' },
  { rule: 'sql-lives-in-stores', from: 'server/src/sending/zz-sql.ts', to: 'kysely' },
  { rule: 'mail-does-no-io', from: 'server/src/mail/zz-io.ts', to: 'node:dns' },
  { rule: 'machines-only-in-platform', from: 'server/src/team/zz-fs.ts', to: 'node:fs' },
  { rule: 'contract-only-at-the-edge', from: 'server/src/team/zz-api.ts', to: 'api/src/zz.ts' },
  { rule: 'contract-is-a-leaf', from: 'api/src/zz-leaf.ts', to: 'server/src/mail/zz-leaf.ts' },
  { rule: 'web-sees-only-the-contract', from: 'web/src/zz/a.ts', to: 'server/src/mail/zz-leaf.ts' },
  { rule: 'web-features-are-strangers', from: 'web/src/zz/b.ts', to: 'web/src/yy/a.ts' },
  { rule: 'web-ui-knows-no-product', from: 'web/src/ui/zz.ts', to: 'web/src/parts/zz.ts' },
  { rule: 'practice-is-outside', from: 'practice/src/zz.ts', to: 'server/src/mail/zz-leaf.ts' },
  { rule: 'server-never-sees-practice', from: 'server/src/http/zz-b.ts', to: 'practice/src/zz-leaf.ts' },
  {
    rule: 'simulation-drives-sending',
    from: 'server/simulation/zz.ts',
    to: 'server/src/correspondence/index.ts',
  },
  {
    rule: 'nobody-knows-the-simulation',
    from: 'server/src/sending/zz-simulated.ts',
    to: 'server/simulation/zz-known.ts',
  },
  { rule: 'bench-stands-apart', from: 'server/src/mail/zz-bench.ts', to: 'bench/zz.ts' },
  {
    rule: 'source-never-imports-tests',
    from: 'server/src/mail/zz-src.ts',
    to: 'server/src/mail/zz-tested.test.ts',
  },
]

/** The way back that makes the first mutation a cycle. */
const wayBack: Mutation = {
  rule: 'no-cycles',
  from: 'server/src/mail/zz-two.ts',
  to: 'server/src/mail/zz-one.ts',
}

const clean = cruise(root)
for (const { rule, from, to } of clean.summary.violations) failures.push(`${rule.name}: ${from} → ${to}`)
const read = new Set(clean.modules.map((module) => module.source))
for (const file of sources.flatMap((folder) => filesUnder(join(root, folder)))) {
  if (!read.has(relative(root, file))) failures.push(`not read: ${relative(root, file)}`)
}

const mutations = [...layerMutations(), ...particular]
const broken = mutated([...mutations, wayBack])
for (const { rule, from, to } of mutations) {
  const bitten = broken.summary.violations.some((each) => each.rule.name === rule && each.from === from)
  if (!bitten) failures.push(`${rule} did not notice ${from} → ${to}`)
}
for (const { name } of config.forbidden) {
  if (!mutations.some(({ rule }) => rule === name)) failures.push(`${name} has no mutation`)
}
for (const failure of failures) process.stdout.write(`${failure}\n`)
process.stdout.write(
  `${read.size} modules read, ${config.forbidden.length} rules, ${mutations.length} mutations\n`,
)
if (failures.length > 0) process.exitCode = 1

/** For each row of the table, an import of the first folder the row does not allow. */
function layerMutations(): readonly Mutation[] {
  const rows = config.forbidden.flatMap(({ name, comment }) => {
    const folder = /^layer-(.+)$/.exec(name)?.[1]
    const allowed = comment.split(': ')[1]?.split(', ') ?? []
    return folder === undefined ? [] : [{ name, folder, allowed }]
  })
  return rows.map(({ name, folder, allowed }) => {
    const foreign = rows.find(
      (row) => row.folder !== folder && !allowed.includes(row.folder) && row.folder !== 'http-kit',
    )
    return {
      rule: name,
      from: `server/src/${folder}/zz-layer.ts`,
      to: `server/src/${foreign?.folder ?? 'http'}/zz-foreign.ts`,
    }
  })
}

function mutated(imports: readonly Mutation[]): Cruise {
  const copy = mkdtempSync(join(tmpdir(), 'kontor-architecture-'))
  try {
    for (const folder of sources) cpSync(join(root, folder), join(copy, folder), { recursive: true })
    for (const file of ['tsconfig.json', 'tsconfig.base.json', 'package.json'])
      cpSync(join(root, file), join(copy, file))
    cpSync(join(root, '.dependency-cruiser.cjs'), join(copy, 'rules.cjs'))
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    writeFileSync(
      join(copy, '.dependency-cruiser.cjs'),
      `const rules = require('./rules.cjs')\nmodule.exports = { ...rules, options: { ...rules.options, preserveSymlinks: true } }\n`,
    )
    const targets = new Set(imports.map(({ to }) => to).filter((to) => to.endsWith('.ts')))
    for (const { to } of imports) if (targets.has(to)) append(join(copy, to), 'export const zz = 1\n')
    for (const { from, to } of imports) {
      const path = targets.has(to) ? relative(dirname(join(copy, from)), join(copy, to)) : to
      append(join(copy, from), `import '${targets.has(to) && !path.startsWith('.') ? './' : ''}${path}'\n`)
    }
    return cruise(copy)
  } finally {
    rmSync(copy, { recursive: true })
  }
}

function append(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text, { flag: 'a' })
}

function cruise(folder: string): Cruise {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [bin, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...sources]
  try {
    const text = execFileSync(process.execPath, args, {
      cwd: folder,
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return JSON.parse(text.toString()) as Cruise
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer }
    if (stdout.length === 0) throw new Error(stderr.toString(), { cause: error })
    return JSON.parse(stdout.toString()) as Cruise
  }
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /[.]tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
}
