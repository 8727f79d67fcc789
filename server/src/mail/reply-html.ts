/**
 * HTML of an answer as lines in which quoted blocks begin with `>` and the containers by which mail programs mark
 * history or signatures leave marks of their own (private-use characters on a line by themselves).
 */
import type { FormatCallback } from 'html-to-text'
import { textOfHtml } from './html-text.ts'

export type MarkedText = { readonly lines: string[]; readonly rest: string }

/** Lines that stand for a container's border. */
export const marks = {
  /** Up to the first quoted line it is an attribution. */
  attribution: '\uE000',
  historyStart: '\uE001',
  signatureStart: '\uE002',
  end: '\uE003',
  historyToEnd: '\uE004',
} as const

// Gmail keeps answers between quoted blocks inside its container, so only the introduction is history for certain
const introduced = [
  'div.gmail_quote',
  'div.gmail_quote_container',
  'div.gmail_attr',
  'div.moz-cite-prefix',
  'div.tutanota_quote',
  'p#reply-intro',
]

// Yahoo, GMX and web.de, Proton, Zoho, AOL, Spark, Front, mail.ru, Yandex, Outlook for phones, QQ
const history = [
  'div.yahoo_quoted',
  'div.yahoo-quoted-begin',
  'div.yQTDBase',
  'div[id*="yahoo_quoted"]',
  'div[class*="yahoo_quoted"]',
  'div[name="quote"]',
  'blockquote[name="quote"]',
  'div.protonmail_quote',
  'div.zmail_extra',
  'div[name="messageReplySection"]',
  'div.front-blockquote',
  'blockquote.front-blockquote',
  'div.missive_quote',
  'div.mailru-blogging-quote',
  'div#mail-editor-reference-message-container',
  'div.ms-outlook-mobile-reference-message',
  'div#OLK_SRC_BODY_SECTION',
  'span#OLK_SRC_BODY_SECTION',
  'div.aolmail_quote',
  'div#forwardbody1',
  'div.moz-forward-container',
]

// Outlook and Zimbra: all that follows is the message answered; on the desktop only a line of this colour tells so
const toEnd = [
  'div#appendonsend',
  'div#divRplyFwdMsg',
  'hr#stopSpelling',
  'div#stopSpelling',
  'div#x_divRplyFwdMsg',
  'hr.mcntmcntmcnt',
  'hr#zwchr',
  'hr[data-marker="__DIVIDER__"]',
  'div[style*="border-top:solid #E1E1E1"]',
  'div[style*="border-top:solid #B5C4DF"]',
  'div[style*="border-top: solid #E1E1E1"]',
  'div[style*="border-top: solid #B5C4DF"]',
  'div[style*="border-top: 1pt solid rgb(225, 225, 225)"]',
  'div[style*="border-top-color: rgb(225, 225, 225)"]',
]

const signatures = [
  'div.gmail_signature',
  'span.gmail_signature_prefix',
  'div.moz-signature',
  'pre.moz-signature',
  'div#Signature',
  'div#signature',
  'div#ms-outlook-mobile-signature',
  'div.protonmail_signature_block',
  'div#AppleMailSignature',
  'div#composer_signature',
  'div.signature',
  'div.sh-signature',
  'div.missive_signature',
  'div.yahoo-signature',
  'div[name="messageSignatureSection"]',
  'div[data-smartmail="gmail_signature"]',
]

const marked = textOfHtml({
  formatters: {
    introduced: bordered(marks.attribution, marks.end),
    history: bordered(marks.historyStart, marks.end),
    signature: bordered(marks.signatureStart, marks.end),
    toEnd: bordered(marks.historyToEnd, undefined),
  },
  selectors: [
    ...introduced.map((selector) => ({ selector, format: 'introduced' })),
    ...history.map((selector) => ({ selector, format: 'history' })),
    ...toEnd.map((selector) => ({ selector, format: 'toEnd' })),
    ...signatures.map((selector) => ({ selector, format: 'signature' })),
  ],
})

/** The lines of an answer's HTML, with marks. */
export function markedText(html: string): MarkedText {
  return { lines: marked(html.replaceAll(/[\uE000-\uE005]/g, '')).split('\n'), rest: '' }
}

function bordered(start: string, end: string | undefined): FormatCallback {
  return (element, walk, builder) => {
    line(builder, start)
    builder.openBlock({ leadingLineBreaks: 1 })
    walk(element.children, builder)
    builder.closeBlock({ trailingLineBreaks: 1 })
    if (end !== undefined) line(builder, end)
  }
}

function line(builder: Parameters<FormatCallback>[2], text: string): void {
  builder.openBlock({ leadingLineBreaks: 1 })
  builder.addInline(text)
  builder.closeBlock({ trailingLineBreaks: 1 })
}
