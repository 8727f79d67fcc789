/** Influencers, a campaign with its brief, the sending plan, and what the Outbox says while everything waits. */
import { expect } from 'vitest'
import { fill } from '../words.ts'
import { campaign, cast, everybody } from './cast.ts'
import { type Walker, button, field, goTo, heading, link, title } from './walker.ts'

/** One by the form, the others as pasted lines, one of which nobody can read. */
export async function addInfluencers(walker: Walker): Promise<void> {
  const { page, words } = walker
  const { form, pasting } = words.influencers
  await goTo(walker, 'influencers')
  await button(page, words.influencers.add).click()
  await field(page, form.name).fill(cast.mia.name)
  await field(page, form.address).fill(cast.mia.address)
  await field(page, form.basis).selectOption('agreed')
  await button(page.getByRole('dialog'), form.save).click()
  await title(page, cast.mia.name).waitFor()
  await goTo(walker, 'influencers')
  await button(page, words.influencers.paste).click()
  const others = everybody.filter((person) => person !== cast.mia)
  const lines = others.map((person) => `${person.name} <${person.address}>`)
  await field(page, pasting.label).fill(['this is not a person', ...lines].join('\n'))
  await button(page, fill(pasting.act_other, { count: lines.length + 1 })).click()
  await page.getByText(fill(pasting.added_other, { count: lines.length })).waitFor()
  expect(await field(page, pasting.label).inputValue()).toBe('this is not a person')
  await field(page, pasting.label).fill('')
  await page.keyboard.press('Escape')
  for (const person of everybody) await link(page, person.name).waitFor()
}

export async function makeCampaign(walker: Walker): Promise<void> {
  const { page, words } = walker
  const { brief, create, pick, head } = words.campaigns
  const text = campaign[walker.language]
  await goTo(walker, 'campaigns')
  await button(page, words.campaigns.add).click()
  await field(page, create.name).fill(text.name)
  await button(page, create.save).click()
  await title(page, text.name).waitFor()
  await field(page, brief.headline).fill(text.headline)
  await field(page, brief.body).fill(text.body)
  await field(page, brief.deliverables).fill(text.deliverables)
  await field(page, brief.dates).fill(text.dates)
  await field(page, brief.compensation).fill(text.compensation)
  await page.getByRole('region', { name: brief.preview }).getByText(text.headline).waitFor()
  await button(page, brief.save).click()
  await page.getByText(words.shell.act.saved).waitFor()
  await link(page, words.campaigns.tab.people).click()
  await button(page, words.campaigns.people.add).click()
  await field(page, pick.all).check()
  await button(page, fill(pick.act_other, { count: everybody.length })).click()
  await button(page, head.start).click()
  await button(page, head.pause).waitFor()
}

/** Everybody is selected, the plan says when, one button schedules. */
export async function invite(walker: Walker): Promise<void> {
  const { page, words } = walker
  const { people, plan } = words.campaigns
  const count = everybody.length
  await field(page, people.selectAll).click()
  await button(page, fill(people.invite_other, { count })).click()
  await heading(page, plan.letters).waitFor()
  await heading(page, plan.days).waitFor()
  await page.getByText(/08:00/).first().waitFor()
  await button(page, fill(plan.act.invitation_other, { count })).click()
  await page.getByText(fill(plan.done.invitation_other, { count })).waitFor()
  await link(page, plan.outbox).click()
}

/** Each waiting mail stands there with its time and its reason. */
export async function readOutbox(walker: Walker): Promise<void> {
  const { page, words } = walker
  const list = page.getByRole('list', { name: words.outbox.list })
  for (const person of everybody) {
    const line = list.getByRole('listitem').filter({ hasText: person.name })
    await line.getByText('08:00', { exact: true }).waitFor()
    await line.getByText(words.parts.kind.invitation, { exact: true }).waitFor()
    expect(await line.innerText()).toMatch(reasonIn(walker))
  }
}

/** "Sending times begin today, about 08:00." or "Position 3. Leaves after the emails before it." */
function reasonIn(walker: Walker): RegExp {
  const { window, window_at, behind, behind_at, pace, pace_at } = walker.words.reasons
  const ways = [window, window_at, behind, behind_at, pace, pace_at].map((way) =>
    way.replaceAll('.', '\\.').replace('{{position, number}}', '\\d+').replace('{{from}}', '.*08:00.*'),
  )
  return new RegExp(ways.join('|'))
}
