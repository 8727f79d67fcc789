/** A mailbox from which this person may not send: ask its owner to send the draft, or see that they are asked. */
import type { Conversation, Draft } from '@kontor/api/inbox'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { Banner } from '../ui/states.tsx'
import { useAskApproval } from './tells.ts'

function Offer({
  sender,
  ask,
  busy,
}: {
  readonly sender: NonNullable<Conversation['closedSender']>
  readonly ask: () => void
  readonly busy: boolean
}): ReactElement {
  const { t } = useTranslation('inbox')
  return (
    <Banner
      act={
        <Button look="link" busy={busy} onClick={ask}>
          {t('approval.ask', { name: sender.ownerName })}
        </Button>
      }
    >
      {t('approval.offer', { name: sender.ownerName, address: sender.address })}
    </Banner>
  )
}

function Open({ draft }: { readonly draft: Draft }): ReactElement {
  const { t } = useTranslation('inbox')
  const me = useSession().person.id
  const ask = useAskApproval()
  if (draft.approverId === me) return <Banner>{t('approval.forYou', { name: draft.authorName })}</Banner>
  return (
    <Banner
      act={
        <Button
          look="link"
          busy={ask.isPending}
          onClick={() => ask.mutate({ draftId: draft.id, personId: null })}
        >
          {t('approval.stop')}
        </Button>
      }
    >
      {t('approval.asked', { name: draft.approverName ?? '' })}
    </Banner>
  )
}

export const AskApproval = { Offer, Open }
