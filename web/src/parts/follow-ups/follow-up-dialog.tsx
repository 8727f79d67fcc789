/** One follow-up as it is written: after how many days, and its words in one language or both, as people will read them. */
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../client/language.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Dialog } from '../../ui/overlay.tsx'
import { LanguageTabs } from '../language-tabs.tsx'
import { LetterPreview } from '../letter-preview.tsx'
import { MessageText } from '../message-text.tsx'
import { TemplateMenu } from '../template-menu.tsx'
import type { FollowUpDraft } from './follow-up-draft.ts'
import { followUpOf } from './follow-up-draft.ts'
import styles from './follow-ups.module.css'

/** What it follows. */
export interface FollowUpPlace {
  readonly kind: 'invitation' | 'bulk'
  readonly campaignId?: string | undefined
  readonly subjects: Readonly<Partial<Record<'en' | 'de', string>>>
}

interface DialogProps {
  readonly n: number
  readonly draft: FollowUpDraft
  readonly place: FollowUpPlace
  readonly keep: (draft: FollowUpDraft) => void
  readonly close: () => void
}

const wide = 960

export function FollowUpDialog({ n, draft, place, keep, close }: DialogProps): ReactElement {
  const { t } = useTranslation('followups')
  const { t: bulk } = useTranslation('bulk')
  const { t: shell } = useTranslation('shell')
  const [typed, type] = useState(draft)
  const [language, setLanguage] = useState(useLanguage())
  const [looked, look] = useState(false)
  const whole = followUpOf(typed)
  const other = language === 'en' ? 'de' : 'en'
  const { kind, campaignId, subjects } = place
  const daysWrong = followUpOf({ ...typed, en: 'x' }) === undefined
  const subject = subjects[language] ?? subjects[other] ?? ''
  return (
    <Dialog
      title={t('dialogTitle', { n })}
      opened
      close={close}
      width={wide}
      acts={
        <>
          <Button
            look="primary"
            onClick={() => {
              look(true)
              if (whole) keep(typed)
            }}
          >
            {t('keep')}
          </Button>
          <Button onClick={close}>{shell('act.cancel')}</Button>
        </>
      }
    >
      <div className={styles['dialog']}>
        <div className={styles['write']}>
          <TextField
            label={t('daysLabel')}
            hint={t('daysHint')}
            type="number"
            inputMode="numeric"
            min={1}
            max={30}
            value={typed.afterDays}
            problem={daysWrong ? t('daysWrong') : undefined}
            onText={(afterDays) => type({ ...typed, afterDays })}
          />
          <div className={styles['head']}>
            <LanguageTabs language={language} choose={setLanguage} />
            <TemplateMenu
              kind="bulk"
              replaces={typed.en !== '' || typed.de !== ''}
              choose={({ texts }) => type({ ...typed, en: texts.en?.body ?? '', de: texts.de?.body ?? '' })}
            />
          </div>
          <p className={styles['quiet']}>
            {typed[language] === '' && typed[other] !== ''
              ? bulk('otherLanguage', { language: bulk(`language.${other}`) })
              : t('threadHint')}
          </p>
          <MessageText
            key={language}
            lang={language}
            only="body"
            text={{ subject: '', body: typed[language] }}
            place={campaignId === undefined ? 'outside' : 'campaign'}
            problem={(field) =>
              field === 'body' && looked && !whole && !daysWrong ? t('wordsNeeded') : undefined
            }
            keep={({ body }) => type({ ...typed, [language]: body })}
          />
        </div>
        <LetterPreview
          wish={{
            kind,
            language,
            subject: subject === '' ? '' : `Re: ${subject}`.slice(0, 300),
            body: typed[language],
            ...(campaignId === undefined ? {} : { campaignId }),
          }}
        />
      </div>
    </Dialog>
  )
}
