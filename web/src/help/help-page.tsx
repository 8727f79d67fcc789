/** The help: levels, limits, order of the queue, what is captured and what not, disconnecting. One article. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Page, Section } from '../ui/page.tsx'
import styles from './help.module.css'
import { LevelsTable, TracesTable } from './tables.tsx'

const sections = ['levels', 'limits', 'order', 'captured', 'disconnect', 'more'] as const
const ranks = ['invitation', 'approval', 'bulk', 'rejection'] as const

export function HelpPage(): ReactElement {
  const { t } = useTranslation('help')
  const { t: part } = useTranslation('parts')
  return (
    <Page title={t('title')}>
      <div className={styles['help']}>
        <nav aria-label={t('contents')} className={styles['contents']}>
          {sections.map((section) => (
            <a key={section} href={`#${section}`}>
              {t(`${section}.title`)}
            </a>
          ))}
        </nav>
        <div className={styles['article']}>
          <Section title={t('levels.title')} id="levels">
            <p>{t('levels.intro')}</p>
            <LevelsTable />
          </Section>
          <Section title={t('limits.title')} id="limits">
            <p>{t('limits.one')}</p>
            <p>{t('limits.two')}</p>
            <p>{t('limits.three')}</p>
          </Section>
          <Section title={t('order.title')} id="order">
            <p>{t('order.intro')}</p>
            <ol>
              <li>{t('order.first')}</li>
              {ranks.map((kind) => (
                <li key={kind}>{part(`kindLong.${kind}`)}</li>
              ))}
            </ol>
          </Section>
          <Section title={t('captured.title')} id="captured">
            <p>{t('captured.one')}</p>
            <p>{t('captured.two')}</p>
            <p>{t('captured.three')}</p>
            <TracesTable />
            <p>{t('captured.ledger')}</p>
            <p>{t('captured.limited')}</p>
          </Section>
          <Section title={t('disconnect.title')} id="disconnect">
            <p>{t('disconnect.one')}</p>
          </Section>
          <Section title={t('more.title')} id="more">
            <p>{t('more.one')}</p>
          </Section>
        </div>
      </div>
    </Page>
  )
}
