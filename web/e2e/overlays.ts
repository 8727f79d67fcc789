/** What floats over a screen: menus and dialogs, each with the way to open it. */
import type { Page } from 'playwright-core'
import type { Words } from './words.ts'

export interface Overlay {
  readonly path: string
  readonly open: (page: Page) => Promise<void>
}

export function overlays(words: Words): readonly Overlay[] {
  const dialogBehind =
    (name: string): Overlay['open'] =>
    async (page) => {
      await page.getByRole('button', { name, exact: true }).click()
      await page.getByRole('dialog').waitFor()
    }
  return [
    { path: '/influencers', open: dialogBehind(words.influencers.add) },
    { path: '/influencers', open: dialogBehind(words.influencers.paste) },
    { path: '/campaigns', open: dialogBehind(words.campaigns.add) },
    {
      path: '/help',
      open: async (page) => {
        await page.keyboard.press('?')
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      path: '/outbox',
      open: async (page) => {
        await page.keyboard.press('Control+k')
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      path: '/outbox?section=past',
      open: async (page) => {
        await page.getByRole('checkbox').first().check()
        const all = new RegExp(words.outbox.selectAll_other.replace('{{count, number}}', String.raw`\d+`))
        await page.getByRole('button', { name: all }).click()
        await page.getByRole('toolbar').getByRole('button', { name: words.outbox.act.send_again }).click()
        await page
          .getByRole('dialog')
          .getByRole('list', { name: words.campaigns.plan.days })
          .first()
          .waitFor()
      },
    },
    {
      path: '/settings/integrations',
      open: async (page) => {
        await page
          .getByRole('list', { name: words.settings.provider.list })
          .getByRole('button')
          .first()
          .click()
        await page.getByRole('menuitem', { name: words.settings.menu.disconnect }).click()
        await page.getByRole('dialog').waitFor()
      },
    },
  ]
}
