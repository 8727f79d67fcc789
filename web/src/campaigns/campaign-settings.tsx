/** Name, sender, and how the brand appears to influencers. */
import type { Campaign, CampaignChange } from '@kontor/api/campaigns'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { ColourField } from '../parts/colour-field.tsx'
import { Radios, Select, TextField } from '../ui/field.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useChangeCampaign, useMailboxes } from './asks.ts'
import { CampaignLogo } from './campaign-logo.tsx'
import styles from './campaigns.module.css'
import { OpenLinkSection } from './open-link.tsx'
import { SaveBar } from './save-bar.tsx'

export function CampaignSettings({ campaign }: { readonly campaign: Campaign }): ReactElement {
  return (
    <>
      <SettingsOf campaign={campaign} />
      <OpenLinkSection campaign={campaign} />
      <CampaignLogo campaign={campaign} />
    </>
  )
}

function SettingsOf({ campaign }: { readonly campaign: Campaign }): ReactElement {
  const { t } = useTranslation('campaigns')
  const here = useHere()
  const sentence = useProblemSentence()
  const [draft, keep, forget] = useDraft<CampaignChange>(`campaign.${campaign.id}`, {})
  const change = useChangeCampaign(campaign.id)
  const fieldProblem = useFieldProblem(change.error)
  const senders = useMailboxes().filter((mailbox) => mailbox.maySend || mailbox.id === campaign.mailboxId)
  const shown = {
    name: draft.name ?? campaign.name,
    mailboxId: draft.mailboxId ?? campaign.mailboxId,
    brandName: draft.brandName ?? campaign.brandName,
    brandColour: draft.brandColour ?? campaign.brandColour,
    formality: draft.formality ?? campaign.formality,
  }
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate(draft, { onSuccess: forget })
      }}
    >
      {change.error ? (
        <ProblemBanner sentence={t('settings.failed', { why: sentence(change.error) })} />
      ) : null}
      <fieldset disabled={!here.may.act} className={styles['plainSet']}>
        <TextField
          label={t('settings.name')}
          value={shown.name}
          maxLength={200}
          problem={fieldProblem('name')}
          onText={(name) => keep({ ...draft, name })}
        />
        <Select
          label={t('settings.sender')}
          hint={t('settings.senderHint')}
          value={shown.mailboxId ?? ''}
          options={[
            { value: '', label: t('settings.senderNone'), disabled: true },
            ...senders.map((mailbox) => ({ value: mailbox.id, label: mailbox.address })),
          ]}
          problem={fieldProblem('mailboxId')}
          onChoose={(mailboxId) => keep({ ...draft, mailboxId })}
        />
        <TextField
          label={t('settings.brand')}
          value={shown.brandName}
          maxLength={120}
          problem={fieldProblem('brandName')}
          onText={(brandName) => keep({ ...draft, brandName })}
        />
        <ColourField
          label={t('settings.colour')}
          value={shown.brandColour}
          problem={fieldProblem('brandColour')}
          choose={(brandColour) => keep({ ...draft, brandColour })}
        />
        <Radios
          legend={t('settings.formality')}
          value={shown.formality}
          options={[
            { value: 'du', label: t('settings.du') },
            { value: 'sie', label: t('settings.sie') },
          ]}
          onChoose={(formality) => keep({ ...draft, formality })}
        />
      </fieldset>
      {here.may.act ? (
        <SaveBar
          label={t('settings.save')}
          changed={Object.keys(draft).length > 0}
          saving={change.isPending}
          saved={change.isSuccess}
          forget={forget}
        />
      ) : null}
    </form>
  )
}
