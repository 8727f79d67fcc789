/** Looking at a screen as somebody with other eyes, another device or another light would. Findings are sentences. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** WCAG 2.2 AA: https://www.w3.org/TR/WCAG22/, as far as a machine can tell. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Everything that the screen asked for has come. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await page.waitForFunction(
    () => document.querySelector('[aria-busy="true"]') === null && document.fonts.status === 'loaded',
  )
}

/** What the dark scheme may break: colours. */
const colourRules = ['color-contrast', 'link-in-text-block']

/** What keeps people from using it: every rule in light, those on colours in dark; and whether it is too wide. */
export async function findingsOn(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await violations(page, (axe) => axe.withTags(rules))
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await violations(page, (axe) => axe.withRules(colourRules))
  return [...light, ...dark.map((finding) => `in dark ${finding}`), ...(await tooWide(page))]
}

async function violations(page: Page, wish: (axe: AxeBuilder) => AxeBuilder): Promise<readonly string[]> {
  const { violations: found } = await wish(new AxeBuilder({ page })).setLegacyMode(true).analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, any, all, none }) =>
        `${id}: ${target.join(' ')} ${[...any, ...all, ...none][0]?.message ?? ''}`,
    ),
  )
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
