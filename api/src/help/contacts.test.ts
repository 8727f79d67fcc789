/** Facts about whom the help names. */
import { expect, test } from 'vitest'
import { withContacts } from './contacts.ts'
import { article } from './en/article.ts'

function entriesOf(contacts: Parameters<typeof withContacts>[1]): unknown {
  const [more] = withContacts(article, contacts).sections.filter(({ id }) => id === 'more')
  return more?.blocks.flatMap((block) => (block.kind === 'list' ? block.entries : []))
}

test('the end of the help names whom this installation has to ask', () => {
  expect(
    entriesOf({
      chatUrl: 'https://chat.example',
      communityUrl: 'https://forum.example',
      adminAddress: 'it@brand.example',
    }),
  ).toEqual([
    [{ link: 'Live chat', to: 'https://chat.example' }],
    [{ link: 'Community', to: 'https://forum.example' }],
    [{ link: 'Email to the admin of this Kontor', to: 'mailto:it@brand.example' }],
  ])
})

test('what is empty is not shown', () => {
  expect(entriesOf({ chatUrl: '', communityUrl: 'https://forum.example', adminAddress: '' })).toEqual([
    [{ link: 'Community', to: 'https://forum.example' }],
  ])
  expect(withContacts(article, undefined)).toEqual(article)
})
