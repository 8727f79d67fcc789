/**
 * Every screen that can be reached: from the inbox along all links inside the product, one of each kind, whatever its
 * ids are. A screen that is added to the product is looked at without being listed here.
 */
import type { Page } from 'playwright-core'
import { settled } from './look.ts'

const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Goes from screen to screen and stays at each as long as `look` takes. Returns the kinds seen. */
export async function eachScreen(
  page: Page,
  first: readonly string[],
  look: (kind: string) => Promise<void>,
): Promise<readonly string[]> {
  const seen = new Set<string>()
  const queue = [...first]
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const kind = kindOf(path)
    if (seen.has(kind)) continue
    seen.add(kind)
    await goInside(page, path)
    await settled(page)
    await look(kind)
    queue.push(...(await linksOn(page)))
  }
  return [...seen]
}

/** Goes there as a link inside the product would: without loading the page anew. */
async function goInside(page: Page, path: string): Promise<void> {
  if (page.url() === 'about:blank') {
    await page.goto(path)
    return
  }
  await page.evaluate((target) => {
    history.pushState({}, '', target)
  }, path)
  await page.waitForFunction(() => {
    const { __TSR_ROUTER__: router } = globalThis as unknown as { readonly __TSR_ROUTER__: Router }
    const { status, resolvedLocation } = router.state
    return status === 'idle' && resolvedLocation?.href === location.pathname + location.search
  })
}

/** What TanStack Router shows of itself on the page. */
interface Router {
  readonly state: {
    readonly status: 'pending' | 'idle'
    readonly resolvedLocation?: { readonly href: string }
  }
}

function kindOf(path: string): string {
  return path.replaceAll(id, '…')
}

async function linksOn(page: Page): Promise<readonly string[]> {
  const links = await page.locator('a[href^="/"]:not([download])').evaluateAll((found) =>
    found.map((link) => {
      const { pathname, search } = new URL((link as HTMLAnchorElement).href)
      return pathname + search
    }),
  )
  return links.filter((path) => !path.startsWith('/api/'))
}
