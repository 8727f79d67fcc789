/**
 * What a certificate says in words, fact by fact. The page shows these lines and the server sets the same ones as a PDF,
 * so that no form of it says more than another.
 */
import type { Language } from '../common.ts'
import { fileSize } from '../file-size.ts'
import type { CertificateContent } from '../privacy.ts'
import { german } from './de.ts'
import { english } from './en.ts'
import type { Words } from './words.ts'

const languages = { en: english, de: german } as const

export function certificateWords(language: Language): Words {
  return languages[language]
}

export interface CertificateLine {
  readonly fact: keyof Words['fact']
  readonly name: string
  readonly value: string
}

/** In the order in which it is read. `full` writes an instant with its date and time. */
export function certificateLines(
  content: CertificateContent,
  { language, full }: { readonly language: Language; readonly full: (iso: string) => string },
): readonly CertificateLine[] {
  const words = certificateWords(language)
  const { decided, mailbox, stays } = content
  const provider = words.provider[mailbox.provider]
  const line = (fact: keyof Words['fact'], value: string): CertificateLine => ({
    fact,
    name: words.fact[fact],
    value,
  })
  return [
    line(
      'mailbox',
      words.mailbox({
        address: mailbox.address,
        provider,
        level: words.level[mailbox.level],
        since: full(mailbox.connectedAt),
      }),
    ),
    line('decided', `${decided.by}, ${full(decided.at)}`),
    ...permissionOf(content).map((value) => line('permission', value)),
    ...waitingOf(content).map((value) => line('waiting', value)),
    line('stored', storedOf()),
    line('stays', staysOf()),
  ]

  function amount(count: number): string {
    return new Intl.NumberFormat(words.locale).format(count)
  }

  function permissionOf({ permission }: CertificateContent): readonly string[] {
    if (permission === undefined) return []
    const ended = words.permission[permission.end](provider)
    return [permission.endsOthers ? `${ended} ${words.endsOthers(provider)}` : ended]
  }

  function waitingOf({ waiting }: CertificateContent): readonly string[] {
    if (waiting === undefined) return []
    const { choice, count, to = '' } = waiting
    return [count === 0 ? words.none : words.waiting[choice](amount(count), to, count === 1)]
  }

  function storedOf(): string {
    const { stored } = content
    const size = fileSize(stored.bytes, words.locale)
    if (stored.choice === 'keep')
      return stored.messages === 0 ? words.none : words.kept(amount(stored.messages), size)
    if (stored.messages === 0) return words.nothingErased
    return words.erased({
      count: amount(stored.messages),
      files: amount(stored.attachments),
      isOneFile: stored.attachments === 1,
      size,
      when: full(stored.finishedAt),
    })
  }

  function staysOf(): string {
    const { accessLog, barredAddressesAsHashes: barred } = stays
    const log = words.log(amount(accessLog.entries), accessLog.entries === 1)
    return barred === 0 ? log : `${log} ${words.barred(amount(barred), barred === 1)}`
  }
}
