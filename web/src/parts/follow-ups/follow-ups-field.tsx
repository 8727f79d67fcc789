/**
 * The follow-ups of a mail to many in its form: one line for each, the dialog in which it is written, and the button for
 * one more. Where Kontor cannot see replies it says that a person is reminded instead.
 */
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../client/language.ts'
import { Button } from '../../ui/button.tsx'
import { useSenders } from '../bulk-asks.ts'
import type { FollowUpDraft } from './follow-up-draft.ts'
import { beginningOf, nextDraft } from './follow-up-draft.ts'
import type { FollowUpPlace } from './follow-up-dialog.tsx'
import { FollowUpDialog } from './follow-up-dialog.tsx'
import styles from './follow-ups.module.css'

interface FieldProps {
  readonly drafts: readonly FollowUpDraft[]
  readonly keep: (drafts: readonly FollowUpDraft[]) => void
  readonly place: FollowUpPlace
  /** From which mailbox it goes, once that is known. */
  readonly mailboxId: string | undefined
}

export function FollowUpsField({ drafts, keep, place, mailboxId }: FieldProps): ReactElement {
  const { t } = useTranslation('followups')
  const language = useLanguage()
  const [open, setOpen] = useState<number>()
  const sender = useSenders().find(({ id }) => id === mailboxId)
  const blind = sender?.level === 'send_only'
  const next = nextDraft(drafts)
  const opened = open === undefined ? undefined : (drafts[open] ?? next)
  return (
    <div className={styles['field']}>
      <h3>{t('title')}</h3>
      {drafts.length === 0 ? <p className={styles['quiet']}>{t('hint')}</p> : null}
      {blind ? <p className={styles['quiet']}>{t('blind', { address: sender.address })}</p> : null}
      {drafts.length > 0 ? (
        <ol className={styles['steps']}>
          {drafts.map((draft, at) => (
            <li key={`${at}-${draft.afterDays}`}>
              <span className={styles['days']}>{t('after', { count: Number(draft.afterDays) })}</span>
              <span className={styles['words']}>{beginningOf(draft, language)}</span>
              <span className={styles['acts']}>
                <Button look="link" onClick={() => setOpen(at)} aria-label={t('changeOne', { n: at + 1 })}>
                  {t('change')}
                </Button>
                <Button
                  look="link"
                  onClick={() => keep(drafts.filter((_, one) => one !== at))}
                  aria-label={t('removeOne', { n: at + 1 })}
                >
                  {t('remove')}
                </Button>
              </span>
            </li>
          ))}
        </ol>
      ) : null}
      {next ? (
        <Button look="quiet" onClick={() => setOpen(drafts.length)}>
          {t(drafts.length === 0 ? 'addFirst' : 'addNext')}
        </Button>
      ) : null}
      {opened && open !== undefined ? (
        <FollowUpDialog
          n={open + 1}
          draft={opened}
          place={place}
          close={() => setOpen(undefined)}
          keep={(draft) => {
            keep(
              open < drafts.length
                ? drafts.map((one, at) => (at === open ? draft : one))
                : [...drafts, draft],
            )
            setOpen(undefined)
          }}
        />
      ) : null}
    </div>
  )
}
