/**
 * `npm run live-check -- gmail|microsoft`: signs a person in at the real provider with the app of this installation,
 * writes a few mails from the account to itself, and prints what the provider made of them beside what Kontor counts
 * on. Touches no database and reads nothing but these mails.
 */
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { describeProblems, readConfig } from '../config.ts'
import { fixedBook } from '../endpoints.ts'
import type { AuthorizeRequest, Level } from '../mailboxes/consent.ts'
import { wallClock } from '../platform/clock/index.ts'
import { createHttpClient } from '../platform/http-client/index.ts'
import { systemIds } from '../platform/ids/index.ts'
import type { LiveAccount } from './live-checks.ts'
import { byHand, liveChecks } from './live-checks.ts'
import type { Finding } from './live-finding.ts'
import { apiUrlOf } from './live-raw.ts'

const help = `npm run live-check -- gmail          signs in with Full Access, sends a few mails to the account itself
npm run live-check -- microsoft

  --send-only      asks for sending alone
  --large          also sends mails as large as Kontor ever hands over, and asks where the limits of a request lie
  --port N         where the browser comes back to (default 3211)
  --json           one line of JSON at the end

The app: GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET, or MICROSOFT_CLIENT_ID, MICROSOFT_CLIENT_SECRET (MICROSOFT_TENANT,
MICROSOFT_CLOUD). Register the address http://localhost:3211/live-check with it, and take it out again afterwards.
Exit 1 when something differs from what Kontor counts on.
`
const defaultPort = 3211

process.exitCode = 2
await main()

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'send-only': { type: 'boolean', default: false },
      large: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      port: { type: 'string', default: String(defaultPort) },
    },
  })
  const [provider] = positionals
  if (provider !== 'gmail' && provider !== 'microsoft') return say(help)
  const config = readConfig(undefined, [])
  if (!('role' in config)) return say(`${describeProblems(config)}\n`)
  const book = fixedBook(config)
  const endpoint = (await book.all()).find((one) => one.provider === provider && !one.practice)
  const adapter = endpoint?.clientId === undefined ? undefined : book.adapter(endpoint)
  if (endpoint === undefined || adapter === undefined)
    return say(`No app is given for ${provider}. Set its client id and secret in the environment.\n`)
  const level: Level = values['send-only'] ? 'send_only' : 'full'
  const port = Number(values.port)
  const request: AuthorizeRequest = {
    level,
    redirectUri: `http://localhost:${port}/live-check`,
    state: systemIds.token(24),
    nonce: systemIds.token(24),
    codeVerifier: systemIds.token(48),
    language: 'en',
  }
  say(`Open this address in a browser and sign in:\n\n${await adapter.consent.authorizeUrl(request)}\n\n`)
  const callbackUrl = await comesBack(port)
  const exchanged = await adapter.consent.exchange({ ...request, callbackUrl }, AbortSignal.timeout(60_000))
  if (!exchanged.ok)
    return say(`The sign-in failed: ${exchanged.failure.kind}, ${exchanged.failure.diagnostic}\n`)
  const { accessToken } = exchanged.value.tokens
  const opened = adapter.open({
    current: async () => ({ ok: true, value: accessToken }),
    renewed: async () => ({
      ok: false,
      failure: { kind: 'unauthorised', why: 'token_refused', diagnostic: 'refused during the check' },
    }),
  })
  const apiUrl = apiUrlOf(endpoint)
  const http = createHttpClient({ allowedOrigins: () => [new URL(apiUrl).origin], timeoutMs: 60_000 })
  await report({ adapter, provider: opened, signedIn: exchanged.value, level, apiUrl, http }, values)
}

async function report(
  account: LiveAccount,
  { large, json }: { large: boolean; json: boolean },
): Promise<void> {
  const id = systemIds.uuid().replaceAll('-', '')
  const findings: Finding[] = []
  const machines = { sleep: wallClock.sleep, now: () => wallClock.now(), id, large }
  for await (const finding of liveChecks(account, machines)) {
    findings.push(finding)
    say(lineOf(finding))
  }
  const differing = findings.filter(({ verdict }) => verdict === 'differs').length
  say(`\n${findings.length} questions, ${differing} answered otherwise than assumed.\n`)
  const { key } = account.adapter.traits
  if (key !== 'imap')
    say(`\nTo be looked at by a person:\n${byHand[key].map((one) => `  - ${one}\n`).join('')}`)
  if (json) process.stdout.write(`${JSON.stringify({ provider: key, differing, findings })}\n`)
  process.exitCode = differing === 0 ? 0 : 1
}

function lineOf({ question, assumed, seen, verdict }: Finding): string {
  const mark = { 'as assumed': 'ok     ', differs: 'DIFFERS', told: '       ' }[verdict]
  return `${mark}  ${question}: ${seen}${verdict === 'differs' ? ` (Kontor counts on: ${assumed})` : ''}\n`
}

/** The address with which the browser comes back from the provider. */
function comesBack(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', `http://localhost:${port}`)
      if (url.pathname !== '/live-check') return response.writeHead(404).end()
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
      response.end('Signed in. You can close this window; the report is in the terminal.')
      server.close()
      server.closeAllConnections()
      return resolve(url.href)
    })
    server.once('error', reject)
    server.listen(port, 'localhost')
  })
}

function say(text: string): void {
  process.stderr.write(text)
}
