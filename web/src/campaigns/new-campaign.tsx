/** A new campaign needs a name; the sender is proposed. What was typed survives closing the dialog. */
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Select, TextField } from '../ui/field.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useCreateCampaign, useMailboxes } from './asks.ts'

interface NewProps {
  readonly opened: boolean
  readonly close: () => void
  readonly created: (id: string) => void
}

export function NewCampaign({ opened, close, created }: NewProps): ReactElement {
  const { t } = useTranslation('campaigns')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const [name, setName, forget] = useDraft('campaign.new', '')
  const senders = useMailboxes().filter((mailbox) => mailbox.maySend)
  const proposed = senders.find((mailbox) => mailbox.isDefault) ?? senders[0]
  const [chosen, choose] = useState<string>()
  const mailboxId = chosen ?? proposed?.id
  const create = useCreateCampaign()
  const fieldProblem = useFieldProblem(create.error)

  function save(): void {
    create.mutate(
      { name, ...(mailboxId ? { mailboxId } : {}) },
      {
        onSuccess: (campaign) => {
          forget()
          close()
          created(campaign.id)
        },
      },
    )
  }
  return (
    <Dialog
      title={t('create.title')}
      opened={opened}
      close={close}
      acts={
        <>
          <Button look="primary" busy={create.isPending} disabled={name.trim() === ''} onClick={save}>
            {t('create.save')}
          </Button>
          <Button onClick={close}>{shell('act.cancel')}</Button>
        </>
      }
    >
      {create.error ? <ProblemBanner sentence={t('create.failed', { why: sentence(create.error) })} /> : null}
      <TextField
        label={t('create.name')}
        hint={t('create.nameHint')}
        value={name}
        onText={setName}
        maxLength={200}
        problem={fieldProblem('name')}
        data-autofocus
        onKeyDown={(event) => {
          if (event.key === 'Enter' && name.trim() !== '') save()
        }}
      />
      {senders.length > 0 ? (
        <Select
          label={t('create.mailbox')}
          value={mailboxId ?? ''}
          options={senders.map((mailbox) => ({ value: mailbox.id, label: mailbox.address }))}
          onChoose={choose}
        />
      ) : null}
    </Dialog>
  )
}
