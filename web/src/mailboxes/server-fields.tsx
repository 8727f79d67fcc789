/** The servers of a mailbox by hand: name, port, encryption, and the user name where it is not the address. */
import type { Level, MailServer } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Select, TextField } from '../ui/field.tsx'
import { FieldLine } from '../ui/form.tsx'

type Servers = Readonly<Record<'smtp' | 'imap', MailServer>>

interface ServerFieldsProps {
  readonly level: Level
  readonly user: string
  readonly setUser: (user: string) => void
  readonly servers: Servers
  readonly change: (servers: Servers) => void
  readonly problem: (path: string) => string | undefined
}

export function ServerFields({
  level,
  user,
  setUser,
  servers,
  change,
  problem,
}: ServerFieldsProps): ReactElement {
  const { t } = useTranslation('connect')
  return (
    <>
      {(level === 'full' ? (['smtp', 'imap'] as const) : (['smtp'] as const)).map((one) => {
        const server = servers[one]
        const set = (part: Partial<MailServer>): void => change({ ...servers, [one]: { ...server, ...part } })
        return (
          <FieldLine key={one}>
            <TextField
              label={t(`signIn.${one}`)}
              required
              value={server.host}
              onText={(host) => set({ host: host.trim() })}
              problem={problem(`${one}.host`)}
            />
            <TextField
              label={t('signIn.port')}
              type="number"
              min={1}
              max={65_535}
              value={server.port}
              onText={(port) => set({ port: Number(port) })}
              problem={problem(`${one}.port`)}
            />
            <Select
              label={t('signIn.security')}
              value={server.security}
              options={[
                { value: 'tls', label: 'TLS' },
                { value: 'starttls', label: 'STARTTLS' },
              ]}
              onChoose={(security) => set({ security })}
            />
          </FieldLine>
        )
      })}
      <TextField
        label={t('signIn.user')}
        hint={t('signIn.userHint')}
        autoComplete="off"
        value={user}
        onText={setUser}
        problem={problem('user')}
      />
    </>
  )
}
