/** The form of one text of a campaign: what it says, its variables, and whether people can open the brief from it. */
import type { Campaign, CampaignFile, CampaignText } from '@kontor/api/campaigns'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { FilesField } from '../parts/files/files-field.tsx'
import { MessageText } from '../parts/message-text.tsx'
import { TemplateMenu } from '../parts/template-menu.tsx'
import { placesBrief } from '../parts/variables.ts'
import { ProblemBanner } from '../ui/states.tsx'
import { useSaveText } from './asks.ts'
import { useCampaignFiles } from './campaign-files.ts'
import styles from './campaigns.module.css'
import { SaveBar } from './save-bar.tsx'

interface FormProps {
  readonly campaign: Campaign
  readonly text: CampaignText
  readonly changed: boolean
  readonly keep: (text: CampaignText) => void
  readonly forget: () => void
}

function MessageFiles({
  campaign,
  kind,
}: {
  readonly campaign: Campaign
  readonly kind: CampaignFile['kind']
}): ReactElement {
  const { t } = useTranslation('campaigns')
  const sentence = useProblemSentence()
  const { files, flow, known, error } = useCampaignFiles(campaign.id, kind)
  return (
    <>
      {error ? <ProblemBanner sentence={sentence(error)} /> : null}
      {known ? (
        <FilesField files={files} flow={flow} mailboxId={campaign.mailboxId} hint={t('files.hint')} />
      ) : null}
    </>
  )
}

export function MessageForm({ campaign, text, changed, keep, forget }: FormProps): ReactElement {
  const { t } = useTranslation('campaigns')
  const sentence = useProblemSentence()
  const save = useSaveText(campaign.id)
  const problem = useFieldProblem(save.error)
  const linkless = text.kind === 'invitation' && text.body !== '' && !placesBrief(text.body)
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(text, { onSuccess: forget })
      }}
    >
      {save.error ? <ProblemBanner sentence={t('messages.failed', { why: sentence(save.error) })} /> : null}
      <div className={styles['formHead']}>
        <TemplateMenu
          kind={text.kind}
          language={text.language}
          replaces={changed}
          choose={({ texts }) => keep({ ...text, ...texts[text.language] })}
        />
      </div>
      <MessageText
        text={text}
        lang={text.language}
        place="campaign"
        keep={(words) => keep({ ...text, ...words })}
        problem={problem}
      >
        {text.kind === 'bulk' ? null : <MessageFiles campaign={campaign} kind={text.kind} />}
        {linkless ? (
          <p className={styles['quietText']}>{t('messages.linkAtEnd', { name: '{{ brief_link }}' })}</p>
        ) : null}
      </MessageText>
      <SaveBar
        label={t('messages.save')}
        changed={changed}
        saving={save.isPending}
        saved={save.isSuccess}
        forget={forget}
      />
      <p className={styles['quietText']}>{t('messages.frozen')}</p>
    </form>
  )
}
