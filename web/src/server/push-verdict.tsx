/** What a check of Gmail's notices found, first of Gmail itself and then, for some seconds, at our own door. */
import type { PushTrial } from '@kontor/api/server'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Banner } from '../ui/states.tsx'
import { usePushNotice } from './asks.ts'
import { Verdict } from './verdict.tsx'

interface Expected {
  readonly account: string
  readonly audience: string
}

export function PushVerdict({
  trial,
  expected,
}: {
  readonly trial: PushTrial
  readonly expected: Expected
}): ReactElement {
  const { t } = useTranslation('server')
  if (trial.verdict === 'asked' && trial.since !== undefined)
    return <Waiting since={trial.since} address={trial.address} expected={expected} />
  return (
    <>
      <Verdict
        good={false}
        sentence={t(`push.verdict.${trial.verdict}`)}
        detail={trial.detail === '' ? undefined : trial.detail}
      />
      <Unreached address={trial.address} />
    </>
  )
}

function Waiting({
  since,
  address,
  expected,
}: {
  readonly since: string
  readonly address: PushTrial['address']
  readonly expected: Expected
}): ReactElement {
  const { t } = useTranslation('server')
  const notice = usePushNotice(since)
  const { verdict, detail, over } = notice.data ?? { verdict: 'waiting', detail: '', over: false }
  if (verdict === 'works') return <Verdict good sentence={t('push.verdict.works')} />
  if (verdict !== 'waiting')
    return (
      <Verdict
        good={false}
        sentence={t(`push.verdict.${verdict}`, { ...expected })}
        detail={detail === '' ? undefined : detail}
      />
    )
  if (!over) return <Banner tone="waiting">{t('push.verdict.asked')}</Banner>
  return (
    <>
      <Verdict good={false} sentence={t('push.verdict.no_notice')} />
      <Unreached address={address} />
    </>
  )
}

/** Not proof: a proxy may answer to others and not to us. */
function Unreached({ address }: Pick<PushTrial, 'address'>): ReactElement | null {
  const { t } = useTranslation('server')
  if (address === undefined) return null
  return <Banner tone="waiting">{t('push.unreached', { sentence: t(`address.verdict.${address}`) })}</Banner>
}
