/**
 * The texts that a campaign sends: invitation, approval, rejection, each in English and German. Beside the text
 * stands what a person would read, and any variable that Kontor would not be able to fill in.
 */
import type { Campaign, CampaignText } from '@kontor/api/campaigns'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useLanguage } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { LetterPreview } from '../parts/letter-preview.tsx'
import { Loading, ProblemBanner } from '../ui/states.tsx'
import { useTexts } from './asks.ts'
import { useCampaignFileNames } from './campaign-files.ts'
import styles from './campaigns.module.css'
import { MessageForm } from './message-form.tsx'

const kinds = ['invitation', 'approval', 'rejection'] as const

export function MessagesEditor({ campaign }: { readonly campaign: Campaign }): ReactElement {
  const { t } = useTranslation('campaigns')
  const sentence = useProblemSentence()
  const found = useTexts(campaign.id)
  const [kind, setKind] = useState<(typeof kinds)[number]>('invitation')
  const [language, setLanguage] = useState(useLanguage())
  if (found.isPending) return <Loading />
  if (!found.data)
    return <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
  const stored = found.data.find((text) => text.kind === kind && text.language === language)
  return (
    <>
      <div className={styles['messageBar']}>
        <div className={styles['stages']} role="group" aria-label={t('messages.label')}>
          {kinds.map((one) => (
            <button key={one} type="button" aria-pressed={kind === one} onClick={() => setKind(one)}>
              {t(`messages.kind.${one}`)}
            </button>
          ))}
        </div>
        <div>
          {(['en', 'de'] as const).map((one) => (
            <Button key={one} look="quiet" aria-pressed={language === one} onClick={() => setLanguage(one)}>
              {t(`messages.language.${one}`)}
            </Button>
          ))}
        </div>
        <p className={styles['quietText']}>{t('messages.languageHint')}</p>
      </div>
      <Message
        key={`${kind}.${language}`}
        campaign={campaign}
        stored={stored ?? { kind, language, subject: '', body: '' }}
      />
    </>
  )
}

function Message({
  campaign,
  stored,
}: {
  readonly campaign: Campaign
  readonly stored: CampaignText
}): ReactElement {
  const here = useHere()
  const [draft, keep, forget] = useDraft<CampaignText | undefined>(
    `text.${campaign.id}.${stored.kind}.${stored.language}`,
    undefined,
  )
  const text = draft ?? stored
  const files = useCampaignFileNames(campaign.id, stored.kind)
  if (!here.may.act) return <LetterPreview wish={{ ...stored, campaignId: campaign.id }} files={files} />
  return (
    <div className={styles['split']}>
      <MessageForm
        campaign={campaign}
        text={text}
        changed={draft !== undefined}
        keep={keep}
        forget={forget}
      />
      <LetterPreview wish={{ ...text, campaignId: campaign.id }} files={files} />
    </div>
  )
}
