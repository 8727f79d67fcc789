/**
 * Which browser runs the tests: CHROMIUM_PATH → a Chromium or Chrome on the PATH → the Chrome or Edge that Playwright
 * knows → the one that `@sparticuz/chromium` brings for Linux. Without any there is one sentence that says what to do.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type LaunchOptions, chromium } from 'playwright-core'

const root = fileURLToPath(new URL('../../', import.meta.url))
const unpacker = fileURLToPath(new URL('unpack-browser.js', import.meta.url))
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge']
const channels = ['chrome', 'msedge', 'chromium']
const advice =
  'The browser tests found no browser. Install Chromium or Chrome (or set CHROMIUM_PATH to one), then run npm test again.'

/** Nothing but what the tests ask for leaves the browser. */
const quiet = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--font-render-hinting=none',
]

export async function launchBrowser(): Promise<Browser> {
  const failures: string[] = []
  for await (const options of candidates()) {
    try {
      return await chromium.launch({ ...options, args: [...quiet, ...(options.args ?? [])] })
    } catch (error) {
      const name = options.executablePath ?? options.channel ?? ''
      failures.push(`${name}: ${String(error).split('\n')[0] ?? ''}`)
    }
  }
  throw new Error([advice, ...failures].join('\n'))
}

async function* candidates(): AsyncGenerator<LaunchOptions> {
  const wished = process.env['CHROMIUM_PATH'] ?? ''
  if (wished !== '') {
    yield { executablePath: wished }
    return
  }
  const onPath = installed()
  if (onPath !== undefined) yield { executablePath: onPath }
  for (const channel of channels) yield { channel }
  if (process.platform === 'linux' && process.arch === 'x64') yield* brought()
}

function installed(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path))
}

/** The browser that came with `npm ci`: with the libraries of this machine, then with those that it brings along. */
async function* brought(): AsyncGenerator<LaunchOptions> {
  const folder = await unpacked()
  const fonts = existsSync('/etc/fonts') ? {} : { FONTCONFIG_FILE: join(folder, 'fonts.conf') }
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, ...fonts }
  const args = ['--headless=shell', '--no-zygote', '--use-gl=angle', '--use-angle=swiftshader']
  const executablePath = join(folder, 'chromium')
  yield { executablePath, args, env }
  yield { executablePath, args, env: { ...env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') } }
}

/**
 * Unpacked once per checkout, by a process of its own because the package knows no other place than the temporary
 * folder; then renamed, so that two test files at once never meet a half-written browser.
 */
async function unpacked(): Promise<string> {
  const cache = join(root, 'node_modules/.cache')
  const folder = join(cache, 'kontor-chromium')
  if (existsSync(folder)) return folder
  await mkdir(cache, { recursive: true })
  const fresh = await mkdtemp(join(cache, 'kontor-chromium-'))
  const child = spawn(process.execPath, [unpacker, folder], {
    env: { TMPDIR: fresh },
    stdio: ['ignore', 2, 2],
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`@sparticuz/chromium could not be unpacked (code ${String(code)})`)
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }))
  return folder
}
