/**
 * The texts a campaign begins with, in English and German (du and Sie). A person wrote them to be sent as they are;
 * whoever changes them makes a version of their own.
 */
import type { LetterText } from './letter.ts'

export type DefaultKind = 'invitation' | 'approval' | 'rejection'
export type Language = 'en' | 'de'
export type Formality = 'du' | 'sie'

/** The text of a kind of mail before anybody changed it. English knows no formality. */
export function defaultText(kind: DefaultKind, language: Language, formality: Formality): LetterText {
  return language === 'en' ? english[kind] : german[formality][kind]
}

const english: Readonly<Record<DefaultKind, LetterText>> = {
  invitation: {
    subject: 'Working together on {{ campaign }}?',
    body: `Hi {{ name }},

I'm {{ sender }} from {{ brand }}. We are looking for people to work with on "{{ campaign }}", and I would love to have you with us.

What it is about, what we would ask of you and what we pay is all in the brief:

{{ brief_link }}

Have a look, and if you like it, apply right there. If you have a question first, just answer this mail. I read every reply.

Best wishes
{{ sender }}`,
  },
  approval: {
    subject: "You're in: {{ campaign }}",
    body: `Hi {{ name }},

Good news: we would like to do "{{ campaign }}" with you. Your application convinced us.

I will be in touch about the next steps. The brief stays here in case you want to read it again:

{{ brief_link }}

If anything has changed on your side, or if a date does not work for you, just answer this mail.

Looking forward to it
{{ sender }}
{{ brand }}`,
  },
  rejection: {
    subject: 'Your application for {{ campaign }}',
    body: `Hi {{ name }},

Thank you for applying for "{{ campaign }}" and for the time you put into it.

We had more good applications than places, and this time we chose others. That is a decision about this one campaign and how it fits together, and not about your work.

We would be glad to ask you again when something suits you better.

All the best
{{ sender }}
{{ brand }}`,
  },
}

const du: Readonly<Record<DefaultKind, LetterText>> = {
  invitation: {
    subject: 'Hast du Lust auf {{ campaign }}?',
    body: `Hallo {{ name }},

ich bin {{ sender }} von {{ brand }}. Für „{{ campaign }}“ suchen wir gerade Leute, mit denen wir zusammenarbeiten möchten, und ich hätte dich gern dabei.

Worum es geht, was wir uns von dir wünschen und was wir zahlen, steht alles im Briefing:

{{ brief_link }}

Schau es dir in Ruhe an und bewirb dich gleich dort, wenn es dir gefällt. Hast du vorher eine Frage, dann antworte einfach auf diese E-Mail. Ich lese jede Antwort.

Viele Grüße
{{ sender }}`,
  },
  approval: {
    subject: 'Du bist dabei: {{ campaign }}',
    body: `Hallo {{ name }},

gute Nachrichten: Wir möchten „{{ campaign }}“ mit dir machen. Deine Bewerbung hat uns überzeugt.

Zu den nächsten Schritten melde ich mich bei dir. Das Briefing findest du weiterhin hier:

{{ brief_link }}

Hat sich bei dir etwas geändert oder passt ein Termin nicht, dann antworte einfach auf diese E-Mail.

Ich freue mich auf die Zusammenarbeit
{{ sender }}
{{ brand }}`,
  },
  rejection: {
    subject: 'Deine Bewerbung für {{ campaign }}',
    body: `Hallo {{ name }},

danke für deine Bewerbung für „{{ campaign }}“ und für die Zeit, die du dir dafür genommen hast.

Wir hatten mehr gute Bewerbungen als Plätze und haben uns diesmal für andere entschieden. Das betrifft nur diese Kampagne und wie sie zusammenpasst, nicht deine Arbeit.

Wir melden uns gern wieder, wenn etwas besser zu dir passt.

Alles Gute
{{ sender }}
{{ brand }}`,
  },
}

const sie: Readonly<Record<DefaultKind, LetterText>> = {
  invitation: {
    subject: 'Haben Sie Interesse an {{ campaign }}?',
    body: `Guten Tag {{ name }},

mein Name ist {{ sender }}, ich schreibe Ihnen für {{ brand }}. Für „{{ campaign }}“ suchen wir derzeit Menschen, mit denen wir zusammenarbeiten möchten, und wir hätten Sie gern dabei.

Worum es geht, was wir uns von Ihnen wünschen und was wir zahlen, steht im Briefing:

{{ brief_link }}

Sehen Sie es sich in Ruhe an und bewerben Sie sich gleich dort, wenn es Ihnen zusagt. Haben Sie vorher eine Frage, dann antworten Sie einfach auf diese E-Mail. Ich lese jede Antwort.

Freundliche Grüße
{{ sender }}`,
  },
  approval: {
    subject: 'Ihre Bewerbung für {{ campaign }}: Wir freuen uns auf Sie',
    body: `Guten Tag {{ name }},

gute Nachrichten: Wir möchten „{{ campaign }}“ mit Ihnen machen. Ihre Bewerbung hat uns überzeugt.

Zu den nächsten Schritten melde ich mich bei Ihnen. Das Briefing finden Sie weiterhin hier:

{{ brief_link }}

Hat sich bei Ihnen etwas geändert oder passt ein Termin nicht, dann antworten Sie einfach auf diese E-Mail.

Wir freuen uns auf die Zusammenarbeit
{{ sender }}
{{ brand }}`,
  },
  rejection: {
    subject: 'Ihre Bewerbung für {{ campaign }}',
    body: `Guten Tag {{ name }},

vielen Dank für Ihre Bewerbung für „{{ campaign }}“ und für die Zeit, die Sie sich dafür genommen haben.

Wir hatten mehr gute Bewerbungen als Plätze und haben uns diesmal für andere entschieden. Das betrifft nur diese Kampagne und wie sie zusammenpasst, nicht Ihre Arbeit.

Wir melden uns gern wieder, wenn etwas besser zu Ihnen passt.

Alles Gute
{{ sender }}
{{ brand }}`,
  },
}

const german: Readonly<Record<Formality, Readonly<Record<DefaultKind, LetterText>>>> = { du, sie }
