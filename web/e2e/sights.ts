/** Keeps what every window showed when a test failed: pictures in the folder KONTOR_E2E_SIGHTS, or in the temporary one. */
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'

const folder = process.env['KONTOR_E2E_SIGHTS'] ?? join(tmpdir(), 'kontor-e2e-sights')

/** Runs a test's walk; when it fails, the error names the pictures of every open window. */
export async function withSights(browser: Browser, walk: () => Promise<void>): Promise<void> {
  try {
    await walk()
  } catch (error) {
    const paths = await takeSights(browser)
    throw new Error(`${String(error)}\nWhat was on the screen: ${paths.join(' ')}`, { cause: error })
  }
}

async function takeSights(browser: Browser): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true })
  const paths: string[] = []
  for (const [number, page] of browser
    .contexts()
    .flatMap((context) => context.pages())
    .entries()) {
    const path = join(folder, `${process.pid}-${number}.png`)
    await page.screenshot({ path, timeout: 5000 }).catch(() => undefined)
    paths.push(`${path} (${page.url()})`)
  }
  return paths
}
