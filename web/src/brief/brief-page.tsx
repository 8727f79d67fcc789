/**
 * The page behind a personal brief link. No shell, no session: a creator sees a brand's brief, applies
 * or says no, in their own language and with the brand's Du or Sie. Every act is a POST, because mail scanners
 * open links. It tells the brand that the brief was opened only after it has been visible for three seconds.
 */
import { useState } from 'react'
import type { ReactElement } from 'react'
import type { PublicBrief } from '@kontor/api/campaigns'
import { useTranslation } from 'react-i18next'
import { BriefLetter } from '../parts/brief-letter.tsx'
import { letterWords } from '../parts/brief-words.ts'
import { ApplyForm } from './apply-form.tsx'
import { DeclineQuestion } from './decline-question.tsx'
import { brandStyle } from './look.ts'
import { OutcomePage } from './outcome.tsx'
import { PlainPage } from './plain-page.tsx'
import { useBriefLink } from './use-brief-link.ts'
import { useBriefWords } from './words.ts'
import { useViewed } from './use-viewed.ts'
import styles from './brief.module.css'

export function BriefPage({ token }: { readonly token: string }): ReactElement {
  const link = useBriefLink(token)
  const words = useBriefWords(link.brief)
  if (link.status === 'loading') return <main className={styles['page']} aria-busy="true" />
  if (link.status === 'unknown')
    return <PlainPage title={words('unknownTitle')} body={words('unknownBody')} />
  if (!link.brief)
    return <PlainPage title={words('loadFailed')} act={{ label: words('retry'), run: link.reload }} />
  return <OpenBrief token={token} brief={link.brief} settle={link.settle} />
}

interface OpenBriefProps {
  readonly token: string
  readonly brief: PublicBrief
  readonly settle: (brief: PublicBrief) => void
}

function OpenBrief({ token, brief, settle }: OpenBriefProps): ReactElement {
  const words = useBriefWords(brief)
  const { t } = useTranslation('brief', { lng: brief.language })
  const [act, setAct] = useState<'read' | 'apply' | 'decline'>('read')
  const [again, setAgain] = useState(false)
  useViewed(token, brief.state === 'open')

  if (brief.state !== 'open' && !again)
    return <OutcomePage brief={brief} outcome={brief.state} readAgain={() => setAgain(true)} />

  return (
    <main className={styles['page']}>
      <BriefLetter
        brief={brief.brief}
        campaignName={brief.campaignName}
        brandColour={brief.brandColour}
        language={brief.language}
        images={brief.images}
        logo={brief.logo}
        words={letterWords(t, { ...brief, brand: brief.brandName, name: brief.personName })}
      >
        {brief.state === 'open' ? (
          <p className={styles['disclosure']}>{words('disclosure', { brand: brief.brandName })}</p>
        ) : null}
      </BriefLetter>
      {brief.state === 'open' ? (
        <section className={styles['acts']} data-open={act === 'read' ? undefined : 'true'}>
          <div className={styles['actsInner']}>
            {act === 'read' ? (
              <ReadActs brief={brief} apply={() => setAct('apply')} decline={() => setAct('decline')} />
            ) : null}
            {act === 'apply' ? (
              <ApplyForm token={token} brief={brief} settle={settle} back={() => setAct('read')} />
            ) : null}
            {act === 'decline' ? (
              <DeclineQuestion token={token} brief={brief} settle={settle} back={() => setAct('read')} />
            ) : null}
          </div>
        </section>
      ) : null}
    </main>
  )
}

function ReadActs(props: {
  readonly brief: PublicBrief
  readonly apply: () => void
  readonly decline: () => void
}): ReactElement {
  const words = useBriefWords(props.brief)
  return (
    <div className={styles['buttons']}>
      <button
        type="button"
        className={styles['primary']}
        style={brandStyle(props.brief)}
        onClick={props.apply}
      >
        {words('apply')}
      </button>
      <button type="button" className={styles['quiet']} onClick={props.decline}>
        {words('decline')}
      </button>
    </div>
  )
}
