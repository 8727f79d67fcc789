/**
 * `npm run verify-ledger [-- FILE] [--mailbox ADDRESS]`: whether the access logs are unbroken and agree with what is
 * stored, for whoever has the terminal; or whether an exported file is, which needs no database.
 *
 * One line of JSON on the output, a sentence for each fault beside it. Changes nothing but what every start does: the
 * database is brought up to date.
 */
import type { Break } from '@kontor/api/ledger/chain'
import { judgeExport } from '@kontor/api/ledger/export'
import { findingSentence } from '@kontor/api/ledger/sentences'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { describeProblems, readConfig } from '../config.ts'
import { everyMailbox } from '../mailboxes/index.ts'
import { openDatabase } from '../platform/db/index.ts'
import type { Database } from '../platform/db/index.ts'
import { openSecretBox, readKeyRing } from '../platform/secret-box/index.ts'
import type { SecretBox } from '../platform/secret-box/index.ts'
import type { Fault, MailboxProof } from '../privacy/index.ts'
import { verifyMailbox } from '../privacy/index.ts'
import { sentenceFor, startDatabase } from '../start-database.ts'

const help = `npm run verify-ledger                        every mailbox of the database (DATABASE_URL, or the one in KONTOR_DATA)
npm run verify-ledger -- --mailbox ADDRESS    the mailboxes with this address
npm run verify-ledger -- FILE                 an exported access log, without a database

Prints one line of JSON, and a sentence for each fault on the error output. Exit 1 when something is wrong.

  chain_breaks               entries changed, taken out, slipped in, cut off
  stored                     emails that were read and are stored; erased: how many were erased since
  stored_without_entry       of them: no entry opened them (a fault)
  stored_without_evidence    of them: nothing says why they were taken for answers (a fault)
  identifiers_without_entry  identifiers that are kept and that no entry saw (a fault)
  erased_with_content        erased emails that still hold something (a fault)
  not_comparable             stored before erasing destroyed the key of the ids in the log (no fault)
  entries_without_mail       emails that were opened and are not stored: copies, set aside, erased, no answer (no fault)
`
const namedAtMost = 50

type Line = Readonly<Record<string, unknown>> & { readonly ok: boolean }

/** Verifies the mailboxes of a database; `address` chooses among them. */
export async function verifyDatabase(
  parts: { readonly database: Database; readonly box: Pick<SecretBox, 'open'> },
  address: string | undefined,
  say: (sentence: string) => void = () => {},
): Promise<Line> {
  const proofs: MailboxProof[] = []
  for (const mailbox of await everyMailbox(parts.database)) {
    const proof = await verifyMailbox(parts, mailbox)
    if (address === undefined || proof.address.toLowerCase() === address.toLowerCase()) proofs.push(proof)
  }
  const found = proofs.flatMap((proof) => proof.faults.map((fault) => ({ mailbox: proof.address, ...fault })))
  for (const { mailbox, ...fault } of found.slice(0, namedAtMost)) say(`${mailbox}: ${sentenceOf(fault)}`)
  const sum = (figure: (proof: MailboxProof) => number): number =>
    proofs.reduce((total, proof) => total + figure(proof), 0)
  const count = (kind: Fault['kind']): number => found.filter((one) => one.kind === kind).length
  const missing = address !== undefined && proofs.length === 0
  if (missing) say(`There is no mailbox ${address}.`)
  return {
    ok: !missing && found.length === 0,
    mailboxes: proofs.length,
    entries: sum((proof) => proof.entries),
    chain_breaks: found.filter(isBreak).length,
    stored: sum((proof) => proof.stored),
    stored_without_entry: count('stored_without_entry'),
    stored_without_evidence: count('stored_without_evidence'),
    identifiers_without_entry: sum((proof) =>
      proof.faults.reduce(
        (total, one) => (one.kind === 'identifiers_without_entry' ? total + one.count : total),
        0,
      ),
    ),
    entries_without_mail: sum((proof) => proof.entriesWithoutMail),
    set_aside: sum((proof) => proof.setAside),
    erased: sum((proof) => proof.erased),
    erased_with_content: count('erased_with_content'),
    erasing: proofs.filter((proof) => proof.erasing).length,
    not_comparable: sum((proof) => proof.notComparable),
    ids_sealed: count('ids_sealed'),
    faults: found.slice(0, namedAtMost),
  }
}

/** Verifies an exported access log. */
export function verifyExport(text: string, say: (sentence: string) => void = () => {}): Line {
  const verdict = judgeExport(text, (bytes) => createHash('sha256').update(bytes).digest('hex'))
  if (verdict.foreign) say('This file is no access log of Kontor.')
  for (const finding of verdict.findings.slice(0, namedAtMost)) say(findingSentence('en', finding))
  const { ok, foreign, entries, seal, findings, end } = verdict
  return {
    ok,
    ...(foreign ? { foreign } : {}),
    mailbox: end?.address ?? verdict.mailboxId,
    entries,
    chain_breaks: findings.length,
    seal,
    faults: findings.slice(0, namedAtMost),
  }
}

const breaks: ReadonlySet<string> = new Set<Break['kind']>([
  'changed',
  'missing',
  'repeated',
  'detached',
  'other_mailbox',
  'cut_off',
  'added',
  'other_end',
])

function isBreak(fault: { readonly kind: string }): boolean {
  return breaks.has(fault.kind)
}

function sentenceOf(fault: Fault): string {
  if (fault.kind === 'stored_without_entry')
    return `Email ${fault.message} is stored, and no entry of the log opened it.`
  if (fault.kind === 'stored_without_evidence')
    return `Email ${fault.message} is stored without the evidence that it is an answer.`
  if (fault.kind === 'erased_with_content')
    return `Email ${fault.message} is marked as erased and still holds something.`
  if (fault.kind === 'identifiers_without_entry')
    return `${fault.count} identifiers are kept that no entry of the log saw.`
  if (fault.kind === 'ids_sealed')
    return 'The ids of the log cannot be compared: the secret key is not the one of this database (KONTOR_SECRET_KEY, or the file in KONTOR_DATA).'
  return findingSentence('en', fault)
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean', default: false }, mailbox: { type: 'string' } },
    allowPositionals: true,
  })
  if (values.help) return void process.stdout.write(help)
  const [file] = positionals
  if (file !== undefined) return print(verifyExport(await readFile(file, 'utf8'), complain))
  const config = readConfig(undefined, [])
  if (!('role' in config)) return refuse(describeProblems(config))
  await using ready = await startDatabase({ ...config, steppableClock: undefined })
  await using database = openDatabase({
    url: ready.url,
    applicationName: 'kontor verify-ledger',
    poolSize: 1,
  })
  const ring = await readKeyRing({ given: config.secretKeys, file: join(config.dataFolder, 'secret-key') })
  print(await verifyDatabase({ database, box: openSecretBox(ring) }, values.mailbox, complain))
}

function print(line: Line): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
  if (!line.ok) process.exitCode = 1
}

function complain(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}

function refuse(sentence: string): void {
  complain(sentence)
  process.exitCode = 1
}

if (import.meta.main) {
  try {
    await run()
  } catch (error) {
    const sentence = sentenceFor(error) ?? unreadable(error)
    if (sentence === undefined) throw error
    refuse(sentence)
  }
}

/** A file that is not there, or an option that does not exist. */
function unreadable(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const { code } = error
  return typeof code === 'string' && /^(ENOENT|EISDIR|EACCES|ERR_PARSE_ARGS)/.test(code)
    ? error.message
    : undefined
}
