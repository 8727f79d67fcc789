/**
 * `npm run contract -- [--json]`: what every provider behind the port must do, asked of each adapter against a server that
 * speaks its protocol. One line for each provider; exit 1 when a case failed, a provider was not asked, or was asked too little.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { handedToPinnedNode, passSignalsOn } from './pinned-node.js'

const providers = ['in memory, rewriting Message-IDs', 'gmail', 'microsoft', 'imap', 'dovecot']
const fewest = 40
const files = ['provider.test.ts', 'dovecot.test.ts', 'memory-provider.test.ts']

if (!handedToPinnedNode()) run(process.argv.includes('--json'))

function run(asJson) {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-contract-'))
  const report = join(folder, 'report.json')
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
  const wish = [
    'run',
    ...files,
    '-t',
    `(^| )(${providers.join('|')}): `,
    '--reporter=json',
    `--outputFile=${report}`,
  ]
  const child = spawn(process.execPath, [vitest, ...wish], { stdio: ['ignore', 'ignore', 'inherit'] })
  passSignalsOn([() => child])
  child.on('exit', () => {
    const results = readResults(report)
    rmSync(folder, { recursive: true })
    for (const provider of providers) tell(provider, results, asJson)
    if (process.connected) process.disconnect()
  })
}

function readResults(report) {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
  return testResults.flatMap(({ assertionResults }) => assertionResults)
}

function tell(provider, results, asJson) {
  const cases = results
    .filter(({ title }) => title.startsWith(`${provider}: `))
    .map(({ title, status }) => ({ fact: title.slice(provider.length + 2), status }))
  const those = (wanted) => cases.filter(({ status }) => status === wanted).map(({ fact }) => fact)
  const [passed, skipped] = [those('passed'), those('skipped')]
  const failed = cases.filter(({ status }) => status === 'failed').map(({ fact }) => fact)
  for (const fact of failed) process.stderr.write(`${provider} fails: ${fact}\n`)
  const figures = { provider, cases: cases.length, passed: passed.length, skipped }
  process.stdout.write(
    asJson
      ? `${JSON.stringify(figures)}\n`
      : `${provider}: ${passed.length} of ${cases.length} cases${skipped.map((fact) => `\n  not asked: ${fact}`).join('')}\n`,
  )
  if (passed.length < fewest || passed.length + skipped.length < cases.length) process.exitCode = 1
}
