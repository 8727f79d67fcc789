/** A certificate as a document for print: the words of the page, with number and seal whole. */
import { certificateLines, certificateWords } from '@kontor/api/certificate/lines'
import type { Language } from '@kontor/api/common'
import type { Paper } from '../platform/paper/index.ts'
import type { CertificateContent } from './certificate.ts'

export interface PaperWish {
  readonly seal: string
  readonly language: Language
  /** IANA name of the zone in which its times are written. */
  readonly zone: string
}

export function certificatePaper(content: CertificateContent, { seal, language, zone }: PaperWish): Paper {
  const words = certificateWords(language)
  const full = (iso: string): string =>
    Temporal.Instant.from(iso).toLocaleString(words.locale, {
      timeZone: zone,
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    })
  return {
    title: words.title[content.kind],
    lead: words.lead,
    language,
    written: Temporal.Instant.from(content.issuedAt),
    note: words.issued(full(content.issuedAt)),
    pageLine: words.page,
    sections: [
      {
        id: 'certificate',
        title: content.mailbox.address,
        blocks: [
          {
            kind: 'table',
            caption: words.lead,
            head: [],
            rows: [
              [words.fact.number, content.number],
              [words.fact.workspace, content.workspace],
              ...certificateLines(content, { language, full }).map(({ name, value }) => [name, value]),
              [words.fact.seal, seal],
            ],
          },
          { kind: 'paragraph', text: words.sealed },
        ],
      },
    ],
  }
}
