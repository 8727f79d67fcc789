/** The team inbox: a reply arrives by itself at both colleagues, one of them answers, the other sees it. */
import { expect } from 'vitest'
import { fill } from '../words.ts'
import { cast } from './cast.ts'
import { people } from './set-up.ts'
import { type Walker, button, field, heading } from './walker.ts'

export const answerText = 'Gladly: two nights in the hut are ours.'

/** Nobody reloads: the list says by itself that somebody needs a reply. */
export async function seeReplyArrive(walker: Walker): Promise<void> {
  const { page, words } = walker
  const list = page.getByRole('region', { name: words.inbox.listLabel })
  await list.getByText(walker.fixed.needsReply, { exact: true }).waitFor()
  await list.locator('a[data-unread]', { hasText: cast.mia.name }).waitFor()
}

/** The reply stands there with the evidence; what it quotes is folded away, not lost. */
export async function readReply(walker: Walker): Promise<void> {
  const { page, words } = walker
  await page.getByRole('link', { name: cast.mia.name }).first().click()
  await heading(page, cast.mia.name).first().waitFor()
  const quoted = page.locator('details', { hasText: words.inbox.conversation.quotedShow }).last()
  expect(await quoted.getAttribute('open')).toBeNull()
  await quoted.locator('summary').click()
  await quoted.getByText(/\/b\//).first().waitFor()
}

export async function answer(walker: Walker): Promise<void> {
  const { page, words } = walker
  await button(page, words.inbox.answer.open).click()
  await field(page, fill(words.inbox.answer.label, { name: cast.mia.name })).fill(answerText)
  await button(page, words.inbox.answer.send).click()
  await seeAnswer(walker, words.inbox.mail.accepted)
}

/** The answer and its state, by whom it was written, wherever the conversation is open. */
export async function seeAnswer(walker: Walker, state: string): Promise<void> {
  const { page, words } = walker
  const mail = page.getByRole('article').filter({ hasText: answerText })
  await mail.getByText(fill(words.inbox.conversation.writtenBy, { author: people.colleague.name })).waitFor()
  await mail.getByText(state).first().waitFor()
}
