/**
 * Keeps the state machine of a submission one thing said three times alike: the table in TypeScript, the diagram in
 * the header of the same file, and the database (check constraint and transition trigger, as printed in schema.sql).
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { submissionStates, transitions } from '../server/src/sending/submission.ts'

const file = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8')
const source = file('server/src/sending/submission.ts')
const schema = file('server/schema.sql')

const table = new Set(
  Object.entries(transitions).flatMap(([from, to]) => to.map((each) => `${from} → ${each}`)),
)
const header = source.slice(0, source.indexOf('*/'))
const diagram = new Set(
  [...header.matchAll(/^ \* +(\w+) +→ ([\w ]+)$/gm)].flatMap(([, from, to]) =>
    (to ?? '')
      .trim()
      .split(/\s+/)
      .map((each) => `${from} → ${each}`),
  ),
)
const trigger =
  /FUNCTION public\.submission_transition\(\)[\s\S]*?\$function\$([\s\S]*?)\$function\$/.exec(schema)?.[1] ??
  ''
const database = new Set(
  [...trigger.matchAll(/\('(\w+)', '(\w+)'\)/g)].map(([, from, to]) => `${from} → ${to}`),
)
const constraint =
  /constraint submission_state_check CHECK \(\(state = ANY \(ARRAY\[(.*?)\]/.exec(schema)?.[1] ?? ''
const allowed = new Set([...constraint.matchAll(/'(\w+)'::text/g)].map(([, state]) => state ?? ''))

const failures = [
  ...differences('the diagram', diagram, table),
  ...differences('the trigger', database, table),
  ...differences('the check constraint', allowed, new Set<string>(submissionStates)),
]
for (const failure of failures) process.stdout.write(`${failure}\n`)
process.stdout.write(`${submissionStates.length} states, ${table.size} moves\n`)
if (failures.length > 0 || table.size === 0) process.exitCode = 1

function differences(name: string, found: ReadonlySet<string>, wanted: ReadonlySet<string>): string[] {
  return [
    ...[...wanted].filter((each) => !found.has(each)).map((each) => `${name} lacks ${each}`),
    ...[...found].filter((each) => !wanted.has(each)).map((each) => `${name} has ${each}, the table has not`),
  ]
}
