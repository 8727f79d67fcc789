/**
 * Our own sign-in page for mail servers: address and password, and the servers by hand where nobody says them. What is
 * wrong is told beside the form, which keeps everything that was typed. The password is kept nowhere in the browser.
 */
import type { Endpoint, Level, MailServer, SignInComplaint } from '@kontor/api/mailboxes'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../client/session.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { useEndpoints } from '../parts/mailboxes.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Page } from '../ui/page.tsx'
import { Banner, ProblemBanner } from '../ui/states.tsx'
import { useSignIn } from './asks.ts'
import { ConnectAside } from './connect-aside.tsx'
import styles from './mailboxes.module.css'
import { ServerFields } from './server-fields.tsx'

interface SignInPageProps {
  readonly state: string
  readonly level: Level
  /** The mailbox that must come back. */
  readonly address?: string | undefined
}

export function SignInPage({ state, level, address: known }: SignInPageProps): ReactElement {
  const { t } = useTranslation('connect')
  const sentence = useProblemSentence()
  const navigate = useNavigate()
  const places = useEndpoints().data ?? []
  const place = places.find((one) => one.byPassword)
  const { person } = useSession()
  const [typed, type] = useState({ address: known ?? '', name: person.name, password: '', user: '' })
  const [byHand, setByHand] = useState(false)
  const [servers, setServers] = useState(firstServers)
  const signIn = useSignIn()
  const problem = useFieldProblem(signIn.error)
  const complaint = signIn.data?.complaint
  const domain = typed.address
    .slice(typed.address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
  const withoutPassword = places.find((one) => one.domains.includes(domain))
  const show = byHand || complaint?.verdict === 'servers_unknown'
  const ask = (): void =>
    signIn.mutate(
      {
        state,
        address: typed.address.trim(),
        name: typed.name,
        password: typed.password,
        ...(show && typed.user.trim() !== '' ? { user: typed.user } : {}),
        ...(show ? { smtp: servers.smtp } : {}),
        ...(show && level === 'full' ? { imap: servers.imap } : {}),
      },
      {
        onSuccess: ({ handle }) => {
          if (handle !== undefined)
            void navigate({ to: '/settings/integrations', search: { outcome: handle } })
        },
      },
    )
  return (
    <Page
      title={t('signIn.title')}
      back={
        <Link to="/settings/integrations" search={{}}>
          {t('back')}
        </Link>
      }
    >
      <div className={styles['connect']}>
        <form
          className={styles['signIn']}
          onSubmit={(event) => {
            event.preventDefault()
            ask()
          }}
        >
          {signIn.error ? <ProblemBanner sentence={sentence(signIn.error)} /> : null}
          {complaint ? <Complaint complaint={complaint} /> : null}
          {place?.practice ? <p>{t('signIn.practice')}</p> : null}
          <TextField
            label={t('signIn.address')}
            type="email"
            autoComplete="email"
            required
            readOnly={known !== undefined}
            value={typed.address}
            onText={(address) => type({ ...typed, address })}
            problem={problem('address')}
          />
          {withoutPassword ? <SignInThere place={withoutPassword} level={level} /> : null}
          {known === undefined ? (
            <TextField
              label={t('signIn.name')}
              hint={t('signIn.nameHint')}
              value={typed.name}
              onText={(name) => type({ ...typed, name })}
              problem={problem('name')}
            />
          ) : null}
          <TextField
            label={t('signIn.password')}
            hint={t('signIn.passwordHint')}
            type="password"
            autoComplete="off"
            required
            value={typed.password}
            onText={(password) => type({ ...typed, password })}
            problem={problem('password')}
          />
          {show ? (
            <ServerFields
              level={level}
              user={typed.user}
              setUser={(user) => type({ ...typed, user })}
              servers={servers}
              change={setServers}
              problem={problem}
            />
          ) : (
            <div>
              <Button look="link" onClick={() => setByHand(true)}>
                {t('signIn.byHand')}
              </Button>
            </div>
          )}
          <div>
            <Button type="submit" look="primary" busy={signIn.isPending}>
              {signIn.isPending ? t('signIn.trying') : t('three.connect')}
            </Button>
          </div>
        </form>
        <ConnectAside place={place} level={level} />
      </div>
    </Page>
  )
}

/** Addresses of this domain sign in at their provider, which needs no password here. */
function SignInThere({ place, level }: { readonly place: Endpoint; readonly level: Level }): ReactElement {
  const { t } = useTranslation('connect')
  return (
    <Banner
      act={
        <ButtonLink to="/settings/integrations/connect" search={{ endpoint: place.key, level }}>
          {t('signIn.thereAct', { provider: place.label })}
        </ButtonLink>
      }
    >
      {t('signIn.there', { provider: place.label })}
    </Banner>
  )
}

const firstServers: { readonly smtp: MailServer; readonly imap: MailServer } = {
  smtp: { host: '', port: 465, security: 'tls' },
  imap: { host: '', port: 993, security: 'tls' },
}

function Complaint({ complaint }: { readonly complaint: SignInComplaint }): ReactElement {
  const { t } = useTranslation('connect')
  const { at, verdict, server = '', detail, appPasswords } = complaint
  const service = at === 'imap' ? 'IMAP' : 'SMTP'
  return (
    <Banner tone="problem">
      {t(`signIn.wrong.${verdict}`, { server, service })}
      {appPasswords ? (
        <>
          {' '}
          {t('signIn.appPassword')}{' '}
          <a href={appPasswords} target="_blank" rel="noreferrer">
            {t('signIn.appPasswordLink')}
          </a>
        </>
      ) : null}
      {detail ? <small className={styles['words']}>{t('signIn.says', { detail })}</small> : null}
    </Banner>
  )
}
