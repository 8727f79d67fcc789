/** The brief: fields at the left, at the right what influencers see, drawn by the very part that their page uses. */
import type { Brief, Campaign, Picture } from '@kontor/api/campaigns'
import { Suspense, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useLanguage } from '../client/language.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { BriefLetter } from '../parts/brief-letter.tsx'
import { withImage } from '../parts/brief-paragraphs.ts'
import { letterWords } from '../parts/brief-words.ts'
import { Button } from '../ui/button.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useChangeCampaign } from './asks.ts'
import { BriefDates } from './brief-dates.tsx'
import { BriefImages } from './brief-images.tsx'
import styles from './campaigns.module.css'
import { SaveBar } from './save-bar.tsx'

export function BriefEditor({ campaign }: { readonly campaign: Campaign }): ReactElement {
  const here = useHere()
  const [draft, keep, forget] = useDraft<Brief | undefined>(`illustrated-brief.${campaign.id}`, undefined)
  const brief = draft ?? campaign.brief
  if (!here.may.act) return <Preview campaign={campaign} brief={campaign.brief} />
  return (
    <div className={styles['split']}>
      <BriefForm
        campaign={campaign}
        brief={brief}
        changed={draft !== undefined}
        keep={keep}
        forget={forget}
      />
      <Preview campaign={campaign} brief={brief} />
    </div>
  )
}

interface BriefFormProps {
  readonly campaign: Campaign
  readonly brief: Brief
  readonly changed: boolean
  readonly keep: (brief: Brief) => void
  readonly forget: () => void
}

function BriefForm({ campaign, brief, changed, keep, forget }: BriefFormProps): ReactElement {
  const { t } = useTranslation('campaigns')
  const sentence = useProblemSentence()
  const change = useChangeCampaign(campaign.id)
  const fieldProblem = useFieldProblem(change.error)

  const body = useRef<HTMLTextAreaElement>(null)
  const { publishFrom, publishUntil } = brief
  const reversed = publishFrom !== undefined && publishUntil !== undefined && publishUntil < publishFrom

  function place(picture: Picture): void {
    const images = [...brief.images, { id: picture.id, alt: '', decorative: false }]
    const line = t('brief.imageLine', { n: images.length })
    const at = body.current?.selectionStart || brief.body.length
    keep({ ...brief, images, body: withImage(brief.body, at, line) })
  }
  function save(): void {
    const deliverables = brief.deliverables.map((line) => line.trim()).filter((line) => line !== '')
    change.mutate({ brief: { ...brief, deliverables } }, { onSuccess: forget })
  }
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {change.error ? <ProblemBanner sentence={t('brief.failed', { why: sentence(change.error) })} /> : null}
      <TextField
        label={t('brief.headline')}
        value={brief.headline}
        maxLength={200}
        problem={fieldProblem('brief.headline')}
        onText={(headline) => keep({ ...brief, headline })}
      />
      <TextArea
        ref={body}
        label={t('brief.body')}
        hint={t('brief.bodyHint')}
        rows={12}
        maxLength={20_000}
        value={brief.body}
        problem={fieldProblem('brief.body')}
        onText={(text) => keep({ ...brief, body: text })}
      />
      <TextArea
        label={t('brief.deliverables')}
        hint={t('brief.deliverablesHint')}
        rows={4}
        value={brief.deliverables.join('\n')}
        problem={fieldProblem('brief.deliverables')}
        onText={(text) => keep({ ...brief, deliverables: text === '' ? [] : text.split('\n') })}
      />
      <BriefImages
        campaignId={campaign.id}
        brief={brief}
        pictures={campaign.images}
        refused={change.error}
        keep={keep}
        place={place}
      />
      <BriefDates brief={brief} problem={reversed ? t('brief.publishReversed') : undefined} keep={keep} />
      <TextField
        label={t('brief.dates')}
        hint={t('brief.datesHint')}
        value={brief.dates}
        maxLength={300}
        onText={(dates) => keep({ ...brief, dates })}
      />
      <TextField
        label={t('brief.compensation')}
        value={brief.compensation}
        maxLength={300}
        onText={(compensation) => keep({ ...brief, compensation })}
      />
      <SaveBar
        label={t('brief.save')}
        changed={changed}
        saving={change.isPending}
        saved={change.isSuccess}
        forget={forget}
      />
    </form>
  )
}

/** The other language is fetched when it is first looked at; the form stays where it is meanwhile. */
function Preview(props: { readonly campaign: Campaign; readonly brief: Brief }): ReactElement {
  return (
    <Suspense>
      <PreviewPaper {...props} />
    </Suspense>
  )
}

function PreviewPaper({
  campaign,
  brief,
}: {
  readonly campaign: Campaign
  readonly brief: Brief
}): ReactElement {
  const { t } = useTranslation('campaigns')
  const [language, setLanguage] = useState(useLanguage())
  const { t: words } = useTranslation('brief', { lng: language })
  const here = useHere()
  const brand = campaign.brandName || here.name
  return (
    <section className={styles['preview']}>
      <div className={styles['previewHead']}>
        <h2>{t('brief.preview')}</h2>
        <div role="group" aria-label={t('brief.previewIn')}>
          {(['en', 'de'] as const).map((one) => (
            <Button key={one} look="quiet" aria-pressed={language === one} onClick={() => setLanguage(one)}>
              {t(`messages.language.${one}`)}
            </Button>
          ))}
        </div>
      </div>
      <div className={styles['paper']} role="region" tabIndex={0} aria-label={t('brief.preview')}>
        <BriefLetter
          brief={{ ...brief, deliverables: brief.deliverables.filter((line) => line.trim() !== '') }}
          campaignName={campaign.name}
          brandColour={campaign.brandColour}
          language={language}
          heading="h3"
          images={campaign.images}
          logo={campaign.logo}
          words={letterWords(words, { brief, language, formality: campaign.formality, brand, name: 'Lena' })}
        />
      </div>
    </section>
  )
}
