/** What is still stored of a mailbox that was disconnected: how much, as files to keep, and erasing it after all. */
import type { Mailbox } from '@kontor/api/mailboxes'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { localeOf } from '../client/time.ts'
import { fileSize } from '@kontor/api/file-size'
import { Button, buttonClass } from '../ui/button.tsx'
import { Note } from '../ui/form.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { Section } from '../ui/page.tsx'
import { Loading, ProblemBanner } from '../ui/states.tsx'
import { useErase, useFileAddress, useStored } from './asks-privacy.ts'
import styles from './mailboxes.module.css'

export function StoredMailSection({ mailbox }: { readonly mailbox: Mailbox }): ReactElement | null {
  const { t } = useTranslation('mailbox')
  const { t: shell } = useTranslation('shell')
  const locale = localeOf(useLanguage())
  const sentence = useProblemSentence()
  const stored = useStored(mailbox.id, mailbox.maySteer)
  const erase = useErase(mailbox.id)
  const [asked, ask] = useState(false)
  if (!mailbox.maySteer) return null
  const count = stored.data?.messages ?? 0
  const size = fileSize(stored.data?.bytes ?? 0, locale)
  const close = () => ask(false)
  return (
    <Section title={t('stored.title')} id="stored">
      {stored.isPending ? <Loading /> : null}
      {stored.error ? (
        <ProblemBanner sentence={sentence(stored.error)} retry={() => void stored.refetch()} />
      ) : null}
      {stored.data ? (
        <div className={styles['firstNote']}>
          <Note>{t('stored.line', { count, size })}</Note>
        </div>
      ) : null}
      {count > 0 ? (
        <div className={styles['acts']}>
          <Downloads mailbox={mailbox} />
          <Button look="problem" onClick={() => ask(true)}>
            {t('stored.erase')}
          </Button>
        </div>
      ) : null}
      <Dialog
        title={t('stored.ask', { count })}
        opened={asked}
        close={close}
        acts={
          <>
            <Button
              look="problem"
              busy={erase.isPending}
              onClick={() => erase.mutate(undefined, { onSuccess: close })}
            >
              {t('stored.eraseAct', { count })}
            </Button>
            <Button onClick={close}>{shell('act.cancel')}</Button>
          </>
        }
      >
        {erase.error ? <ProblemBanner sentence={sentence(erase.error)} /> : null}
        <p>{t('stored.eraseHint')}</p>
      </Dialog>
    </Section>
  )
}

/** Both forms of the export, side by side. */
export function Downloads({ mailbox }: { readonly mailbox: Mailbox }): ReactElement {
  const { t } = useTranslation('mailbox')
  const file = useFileAddress(mailbox.id)
  return (
    <>
      <a className={buttonClass('plain')} href={file('export.mbox')} download>
        {t('stored.mbox')}
      </a>
      <a className={buttonClass('plain')} href={file('export.jsonl')} download>
        {t('stored.json')}
      </a>
    </>
  )
}
