/**
 * `npm run explain -- FILE|FOLDER [--json]`: what Kontor makes of a raw message, for people who ask why a mail was
 * taken for a bounce and for checks against collections of sample mail. With --json one object a line.
 *
 * Reads files, starts nothing, changes nothing. A folder is read with all it holds. Bare texts and HTML files are
 * read as the body of an answer. Only a missing path ends with an error.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { hrtime, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { type Classification, classify, messageReply, parseMessage } from '../mail/index.ts'

type Explanation = {
  readonly file: string
  readonly kind: Classification['kind'] | 'unreadable'
  readonly evidence: readonly string[]
  readonly bounce: {
    readonly recipients: readonly { address: string; permanent: boolean; status: string }[]
  } | null
  readonly replyText: string
  readonly ms: number
}

export async function explain(file: string): Promise<Explanation> {
  const started = hrtime.bigint()
  const ms = () => Math.round(Number(hrtime.bigint() - started) / 10_000) / 100
  try {
    const message = await parseMessage(asMessage(await readFile(file)))
    const verdict = classify(message)
    const recipients = verdict.kind === 'bounce' ? verdict.bounce.recipients : []
    return {
      file,
      kind: verdict.kind,
      evidence: verdict.evidence,
      bounce:
        verdict.kind === 'bounce'
          ? {
              recipients: recipients.map(({ address, permanent, status }) => ({
                address,
                permanent,
                status,
              })),
            }
          : null,
      replyText: messageReply(message).visible,
      ms: ms(),
    }
  } catch (cause) {
    return { file, kind: 'unreadable', evidence: [String(cause)], bounce: null, replyText: '', ms: ms() }
  }
}

// a file without a header is a body: HTML when it looks like it, plain text otherwise
function asMessage(raw: Uint8Array): Uint8Array {
  const start = new TextDecoder('latin1')
    .decode(raw.subarray(0, 4_096))
    .replaceAll(/\r\n?/g, '\n')
    .replace(/^[\uFEFF\s]+|^ï»¿/, '')
  const fields = /^(?:>?From .*\r?\n)?(?:[!-9;-~]+:.*\r?\n(?:[ \t].*\r?\n)*){2,}/.exec(start)?.[0]
  const mailField =
    /^(?:>?From |(?:received|return-path|from|to|date|subject|message-id|mime-version|content-type|delivered-to|x-[\w-]+|dkim-signature|arc-[\w-]+|authentication-results|sender|reply-to|path|newsgroups|precedence|list-[\w-]+|in-reply-to|references)[ \t]*:)/i
  const named = fields?.split(/\r?\n/).filter((line) => mailField.test(line)).length ?? 0
  if (fields !== undefined && (mailField.test(fields) || named > 2)) return raw
  const type = /^<(?:!|[a-z][a-z0-9]*[\s>/])|<\/(?:html|body|div|p|table|span|a)>/i.test(start)
    ? 'text/html'
    : 'text/plain'
  const head = new TextEncoder().encode(
    `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`,
  )
  const message = new Uint8Array(head.length + raw.length)
  message.set(head)
  message.set(raw, head.length)
  return message
}

async function filesUnder(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const names = (await readdir(path)).toSorted()
  const nested: string[] = []
  for (const name of names) nested.push(...(await filesUnder(join(path, name))))
  return nested
}

function readable(one: Explanation): string {
  const lines = [
    `${one.file}: ${one.kind} (${one.ms} ms)`,
    ...one.evidence.map((reason) => `  because of ${reason}`),
  ]
  for (const { address, permanent, status } of one.bounce?.recipients ?? []) {
    lines.push(`  not reached: ${address}, ${permanent ? 'permanent' : 'temporary'}, ${status}`)
  }
  if (one.replyText !== '') lines.push(...one.replyText.split('\n').map((line) => `  | ${line}`))
  return lines.join('\n')
}

const usage = `usage: npm run explain -- FILE|FOLDER... [--json]

Says of each message what Kontor takes it for (reply, auto-reply, bounce, complaint, other) and why, whom a bounce
names and whether for good, and which text is new. --json prints one object a line. Names of files tell nothing:
only what is in them counts.
`

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  if (values.help) {
    stdout.write(usage)
    return
  }
  if (positionals.length === 0) {
    stderr.write(usage)
    process.exitCode = 2
  }
  for (const path of positionals) {
    const files = await filesUnder(path).catch(() => undefined)
    if (files === undefined) {
      stderr.write(`no such file or folder: ${path}\n`)
      process.exitCode = 1
      continue
    }
    for (const file of files) {
      const one = await explain(file)
      stdout.write(`${values.json ? JSON.stringify(one) : readable(one)}\n`)
    }
  }
}

if (import.meta.main) await main()
