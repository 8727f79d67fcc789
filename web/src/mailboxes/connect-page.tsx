/**
 * Connecting an address on one page: provider, integration level, consent. At the right stands what the provider will
 * show and what Kontor really opens. The choices are kept until the browser comes back from the provider.
 */
import type { Endpoint, Level, Sharing } from '@kontor/api/mailboxes'
import { Link } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useEndpoints } from '../parts/mailboxes.ts'
import { Button } from '../ui/button.tsx'
import { Fold } from '../ui/letter.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { AdminLink } from './admin-link.tsx'
import { useAskAdmin, useConnect } from './asks.ts'
import { ConnectAside } from './connect-aside.tsx'
import { LevelChoice } from './level-choice.tsx'
import styles from './mailboxes.module.css'
import { ProviderChoice } from './provider-choice.tsx'
import { SharingFields } from './sharing-fields.tsx'

interface ConnectPageProps {
  readonly endpoint?: string | undefined
  readonly level?: Level | undefined
}

interface Wish {
  readonly endpoint: string
  readonly chosen: boolean
  readonly level: Level | ''
  readonly sharing: Sharing
  readonly namedMembers: readonly string[]
}

export function ConnectPage({ endpoint, level }: ConnectPageProps): ReactElement {
  const { t } = useTranslation('connect')
  const sentence = useProblemSentence()
  const endpoints = useEndpoints()
  const [wish, setWish] = useDraft<Wish>('connect', {
    endpoint: endpoint ?? '',
    chosen: endpoint !== undefined,
    level: level ?? '',
    sharing: 'team',
    namedMembers: [],
  })
  const offers = endpoints.data ?? []
  const place = offers.find((one) => one.key === wish.endpoint && one.configured)
  return (
    <Page
      title={t('title')}
      back={
        <Link to="/settings/integrations" search={{}}>
          {t('back')}
        </Link>
      }
    >
      {endpoints.isPending ? <Loading /> : null}
      {endpoints.error ? (
        <ProblemBanner sentence={sentence(endpoints.error)} retry={() => void endpoints.refetch()} />
      ) : null}
      {endpoints.data && offers.length === 0 ? <EmptyState sentence={t('none')} /> : null}
      {offers.length > 0 ? (
        <div className={styles['connect']}>
          <ol className={styles['steps']} aria-label={t('steps')}>
            <Step number={1} title={t('one.title')} open>
              <ProviderChoice
                offers={offers}
                value={wish.endpoint}
                choose={(key) => setWish({ ...wish, endpoint: key })}
              />
              {place && !wish.chosen ? (
                <div className={styles['acts']}>
                  <Button look="primary" onClick={() => setWish({ ...wish, chosen: true })}>
                    {t('one.next')}
                  </Button>
                </div>
              ) : null}
            </Step>
            <LevelStep wish={wish} setWish={setWish} open={place !== undefined && wish.chosen} />
            <ConsentStep wish={wish} place={wish.chosen ? place : undefined} />
          </ol>
          <ConnectAside place={place ?? offers[0]} level={wish.level === '' ? 'full' : wish.level} />
        </div>
      ) : null}
    </Page>
  )
}

interface StepProps {
  readonly number: number
  readonly title: string
  readonly open: boolean
  readonly children?: ReactNode
}

function Step({ number, title, open, children }: StepProps): ReactElement {
  return (
    <li className={styles['step']} data-open={open}>
      <b aria-hidden="true">{number}</b>
      <div>
        <h2>{title}</h2>
        {open ? children : null}
      </div>
    </li>
  )
}

interface LevelStepProps {
  readonly wish: Wish
  readonly setWish: (wish: Wish) => void
  readonly open: boolean
}

function LevelStep({ wish, setWish, open }: LevelStepProps): ReactElement {
  const { t } = useTranslation('connect')
  return (
    <Step number={2} title={t('two.title')} open={open}>
      <LevelChoice
        value={wish.level === '' ? undefined : wish.level}
        choose={(level) => setWish({ ...wish, level })}
      />
      <Link to="/help" hash="levels">
        {t('two.learn')}
      </Link>
      <Fold title={t('two.sharing')}>
        <SharingFields
          sharing={wish.sharing}
          namedMembers={wish.namedMembers}
          change={(change) => setWish({ ...wish, ...change })}
        />
      </Fold>
    </Step>
  )
}

function ConsentStep({
  wish,
  place,
}: {
  readonly wish: Wish
  readonly place: Endpoint | undefined
}): ReactElement {
  const { t } = useTranslation('connect')
  const { t: part } = useTranslation('parts')
  const sentence = useProblemSentence()
  const connect = useConnect()
  // a provider that an operator named has no name but its label
  const provider = place?.provider === 'imap' ? place.label : part(`provider.${place?.provider ?? 'gmail'}`)
  const { level } = wish
  const ready = place !== undefined && level !== ''
  return (
    <Step
      number={3}
      title={
        place?.byPassword ? t('three.password') : t('three.title', { provider: place?.label ?? provider })
      }
      open={ready}
    >
      {place && level !== '' ? (
        <div className={styles['stack']}>
          {connect.error ? <ProblemBanner sentence={sentence(connect.error)} /> : null}
          <p>{place.byPassword ? t(`three.byPassword.${level}`) : t(`three.${level}`, { provider })}</p>
          {level === 'full' && place.provider === 'gmail' ? <p>{t('three.both')}</p> : null}
          {level === 'full' && place.mayNeedAdmin ? <AdminNote place={place} /> : null}
          <div>
            <Button
              look="primary"
              busy={connect.isPending}
              onClick={() =>
                connect.mutate({
                  endpoint: place.key,
                  level,
                  sharing: wish.sharing,
                  namedMembers: wish.sharing === 'named' ? wish.namedMembers : [],
                })
              }
            >
              {connect.isPending && !place.byPassword
                ? t('three.connecting', { provider })
                : t('three.connect')}
            </Button>
          </div>
        </div>
      ) : null}
    </Step>
  )
}

/** Before leaving: whoever has to wait for an admin may never come back from the provider's page. */
function AdminNote({ place }: { readonly place: Endpoint }): ReactElement {
  const { t } = useTranslation('connect')
  const sentence = useProblemSentence()
  const ask = useAskAdmin()
  return (
    <div>
      <p>{t('three.admin')}</p>
      <div className={styles['rowActs']}>
        {ask.data ? (
          <AdminLink request={ask.data} />
        ) : (
          <Button look="link" busy={ask.isPending} onClick={() => ask.mutate({ endpoint: place.key })}>
            {t('three.adminAct')}
          </Button>
        )}
      </div>
      {ask.error ? <ProblemBanner sentence={sentence(ask.error)} /> : null}
    </div>
  )
}
