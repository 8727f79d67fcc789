/** Looking at a screen as somebody with other eyes, another device or another light would. Findings are sentences. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** WCAG 2.2 AA: https://www.w3.org/TR/WCAG22/, as far as a machine can tell. */
const rules: axe.RunOnly = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
/** What the dark scheme may break: colours. */
const colourRules: axe.RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

/** Everything that the screen asked for has come. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await page.waitForFunction(
    () => document.querySelector('[aria-busy="true"]') === null && document.fonts.status === 'loaded',
  )
}

/** What keeps people from using it: every rule in the scheme it has, and whether it is too wide. */
export async function findingsOn(page: Page): Promise<readonly string[]> {
  return [...(await violations(page, rules)), ...(await tooWide(page))]
}
/** The same in light, and the colours in dark. */
export async function findingsInBoth(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await findingsOn(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await violations(page, colourRules)
  return [...light, ...dark.map((finding) => `in dark ${finding}`)]
}

/** Asks for violations alone: a report on all that is well takes three times as long. */
async function violations(page: Page, runOnly: axe.RunOnly): Promise<readonly string[]> {
  await page.evaluate(`globalThis.axe ?? (() => { ${axe.source} })()`)
  return await page.evaluate(async (wish) => {
    const tool = (globalThis as unknown as { readonly axe: typeof axe }).axe
    const { violations: found } = await tool.run(document, {
      runOnly: wish,
      resultTypes: ['violations'],
      iframes: false,
      preload: false,
    })
    return found.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, any, all, none }) =>
          `${id}: ${html.slice(0, 160)} ${[...any, ...all, ...none][0]?.message ?? ''}`,
      ),
    )
  }, runOnly)
}

/** The page is no wider than its window. */
export async function tooWide(page: Page): Promise<readonly string[]> {
  const widths = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return { scrollWidth, clientWidth }
  })
  const { scrollWidth, clientWidth } = widths
  return scrollWidth > clientWidth ? [`${scrollWidth} px wide in a window of ${clientWidth} px`] : []
}
