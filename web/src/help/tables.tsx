/** The two tables of the help: what each level can do, and what traces of other mail pass through. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './help.module.css'

export function LevelsTable(): ReactElement {
  const { t } = useTranslation('help')
  const { t: part } = useTranslation('parts')
  const yes = t('levels.yes')
  const rows = [
    ['send', yes, yes],
    ['several', yes, yes],
    ['queue', yes, yes],
    ['stored', yes, yes],
    ['replies', yes, t('levels.repliesNo')],
    ['bounces', yes, t('levels.no')],
    ['proof', t('levels.proofYes'), t('levels.proofNo')],
  ] as const
  return (
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('levels.title')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('levels.can')}</th>
            <th scope="col">{part('level.full')}</th>
            <th scope="col">{part('level.send_only')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([row, full, sendOnly]) => (
            <tr key={row}>
              <th scope="row">{t(`levels.rows.${row}`)}</th>
              <td>{full}</td>
              <td>{sendOnly}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function TracesTable(): ReactElement {
  const { t } = useTranslation('help')
  return (
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('captured.title')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('captured.where')}</th>
            <th scope="col">{t('captured.candidates')}</th>
            <th scope="col">{t('captured.match')}</th>
            <th scope="col">{t('captured.content')}</th>
          </tr>
        </thead>
        <tbody>
          {(['gmail', 'microsoft', 'imap', 'sent'] as const).map((row) => (
            <tr key={row}>
              <th scope="row">{t(`captured.${row}`)}</th>
              <td>{t(`captured.${row}Find`)}</td>
              <td>{t(`captured.${row}Match`)}</td>
              <td>{t('captured.never')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
