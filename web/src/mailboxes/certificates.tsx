/**
 * What was taken back of a mailbox: each decision with its certificate, or, while something is still under way, what it
 * waits for and how far the erasing is.
 */
import { certificateLines, certificateWords } from '@kontor/api/certificate/lines'
import type { Mailbox } from '@kontor/api/mailboxes'
import type { Certificate, CertificateContent } from '@kontor/api/privacy'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import type { Times } from '../client/time.ts'
import { buttonClass } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Progress as Bar, ProgressNews } from '../ui/progress.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useCertificates, useFileAddress } from './asks-privacy.ts'
import styles from './certificates.module.css'
import { WaitingProgress } from './waiting-progress.tsx'

export function Certificates({ mailbox }: { readonly mailbox: Mailbox }): ReactElement | null {
  const { t } = useTranslation('mailbox')
  const sentence = useProblemSentence()
  const times = useTimes(mailbox.zone)
  const words = certificateWords(useLanguage())
  const certificates = useCertificates(mailbox.id, mailbox.maySteer)
  const rows = certificates.data ?? []
  if (certificates.error)
    return (
      <Section title={t('certificate.title')} id="certificates">
        <ProblemBanner sentence={sentence(certificates.error)} retry={() => void certificates.refetch()} />
      </Section>
    )
  if (rows.length === 0) return null
  return (
    <Section title={t('certificate.title')} id="certificates">
      {rows.map((certificate) => (
        <article key={certificate.id} className={styles['certificate']}>
          <header className={styles['head']}>
            <h3>{words.title[certificate.kind]}</h3>
            <p>{times.full(certificate.at)}</p>
          </header>
          <Progress mailbox={mailbox} certificate={certificate} />
          {certificate.content ? (
            <Issued mailbox={mailbox} certificate={certificate} content={certificate.content} times={times} />
          ) : null}
        </article>
      ))}
    </Section>
  )
}

/** Said as it happens; nothing once the certificate is issued. */
function Progress({
  mailbox,
  certificate,
}: Pick<IssuedProps, 'mailbox' | 'certificate'>): ReactElement | null {
  const { t } = useTranslation('mailbox')
  const { open, erasure } = certificate
  if (open.length === 0) return null
  const erasing = open.includes('erasure') && erasure
  return (
    <div className={styles['progress']}>
      {erasing ? <Erasing {...erasure} /> : null}
      {open.includes('waiting') ? <WaitingProgress mailbox={mailbox} /> : null}
      {open.includes('permission') ? <p>{t('certificate.permission')}</p> : null}
    </div>
  )
}

function Erasing({ done, total }: { readonly done: number; readonly total: number }): ReactElement {
  const { t } = useTranslation('mailbox')
  const said = t('certificate.erasing', { done, total })
  return (
    <>
      <ProgressNews phase="running" value={done} max={total} sentence={said} />
      <label>
        {said}
        <Bar value={done} max={total} />
      </label>
    </>
  )
}

interface IssuedProps {
  readonly mailbox: Mailbox
  readonly certificate: Certificate
  readonly content: CertificateContent
  readonly times: Times
}

function Issued({ mailbox, certificate, content, times }: IssuedProps): ReactElement {
  const { t } = useTranslation('mailbox')
  const file = useFileAddress(mailbox.id)
  const language = useLanguage()
  return (
    <>
      <dl className={styles['facts']}>
        {certificateLines(content, { language, full: times.full }).map(({ fact, name, value }) => (
          <div key={fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles['foot']}>
        <a
          className={buttonClass('plain')}
          href={file(`certificates/${certificate.id}/file.pdf?language=${language}`)}
          download
        >
          {t('certificate.pdf')}
        </a>
        <a className={buttonClass('plain')} href={file(`certificates/${certificate.id}/file.json`)} download>
          {t('certificate.json')}
        </a>
        <span>
          {t('ledger.seal')} <code title={certificate.seal}>{certificate.seal?.slice(0, 16)}</code>
        </span>
      </p>
    </>
  )
}
