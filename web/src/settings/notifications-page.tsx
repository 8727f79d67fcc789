/** Account Settings → Notifications: which kinds of notices reach this person, in the product and by daily digest. */
import type { NoticeChoice } from '@kontor/api/notices'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { SettingsTabs } from '../parts/settings-tabs.tsx'
import { Note } from '../ui/form.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Loading, ProblemBanner } from '../ui/states.tsx'
import { useNoticeChoice, useNoticeChoices } from './asks.ts'
import styles from './settings.module.css'

const ways = ['shown', 'digested'] as const

export function NotificationsPage(): ReactElement {
  const { t } = useTranslation('settings')
  const here = useHere()
  const sentence = useProblemSentence()
  const choices = useNoticeChoices()
  const choose = useNoticeChoice()
  const failed = choices.error ?? choose.error
  return (
    <Page title={t('title')} width="narrow">
      <SettingsTabs />
      <Section title={t('notifications.title')}>
        <div className={styles['form']}>
          <Note>{t('notifications.note', { workspace: here.name })}</Note>
          {failed ? <ProblemBanner sentence={sentence(failed)} /> : null}
          {choices.isPending ? <Loading /> : null}
        </div>
        {choices.data ? (
          <table className={styles['choices']}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="unseen">{t('notifications.what')}</span>
                </th>
                {ways.map((way) => (
                  <th key={way} scope="col">
                    {t(`notifications.${way}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {choices.data.rows.map((choice) => (
                <ChoiceRow
                  key={choice.kind}
                  choice={choice}
                  digests={choices.data.digests}
                  busy={choose.isPending}
                  choose={(next) => choose.mutate(next)}
                />
              ))}
            </tbody>
          </table>
        ) : null}
        {choices.data?.digests === false ? <Note>{t('notifications.noMail')}</Note> : null}
      </Section>
    </Page>
  )
}

interface ChoiceRowProps {
  readonly choice: NoticeChoice
  readonly digests: boolean
  readonly busy: boolean
  readonly choose: (choice: NoticeChoice) => void
}

function ChoiceRow({ choice, digests, busy, choose }: ChoiceRowProps): ReactElement {
  const { t } = useTranslation('settings')
  const name = t(`notifications.kind.${choice.kind}`)
  return (
    <tr>
      <th scope="row">{name}</th>
      {ways.map((way) => (
        <td key={way}>
          <label>
            <input
              type="checkbox"
              checked={choice[way]}
              disabled={busy || (way === 'digested' && !digests)}
              onChange={(event) => choose({ ...choice, [way]: event.currentTarget.checked })}
            />
            <span className="unseen">{`${name}: ${t(`notifications.${way}`)}`}</span>
          </label>
        </td>
      ))}
    </tr>
  )
}
