/**
 * Answers as Gmail, Outlook and Apple Mail write them in sixteen languages, with what is new in each. Written from the
 * programs' own habits before any contender had read one; CJK also in the charsets that are older than UTF-8.
 */
import { altered, alternative, plain } from './mime.ts'
import type { Charset } from './mime.ts'
import type { Sample } from './sample.ts'

const anna = 'Anna Keller <anna@brand.example>'

interface Tongue {
  readonly code: string
  readonly says: readonly [string, string]
  readonly asked: string
  readonly gmail: string
  readonly apple: string
  /** Labels of sender, date, recipient, subject. */
  readonly outlook: readonly [string, string, string, string]
  readonly date: string
  readonly charset?: Charset
}

const tongues: readonly Tongue[] = [
  {
    code: 'en',
    says: ['Yes, count me in.', 'On Tuesday I wrote to your colleague already: 400 euros per reel.'],
    asked: 'Would you like to bake with us?',
    gmail: `On Tue, Nov 5, 2024 at 9:02 AM ${anna} wrote:`,
    apple: `On 5 Nov 2024, at 09:02, ${anna} wrote:`,
    outlook: ['From:', 'Sent:', 'To:', 'Subject:'],
    date: 'Tuesday, November 5, 2024 9:02 AM',
  },
  {
    code: 'de',
    says: ['Ja, sehr gern!', 'Am Montag hatte ich schon geschrieben, was es kostet: 400 Euro.'],
    asked: 'Magst du mit uns backen?',
    gmail: `Am Di., 5. Nov. 2024 um 09:02 Uhr schrieb ${anna}:`,
    apple: `Am 05.11.2024 um 09:02 schrieb ${anna}:`,
    outlook: ['Von:', 'Gesendet:', 'An:', 'Betreff:'],
    date: 'Dienstag, 5. November 2024 09:02',
  },
  {
    code: 'fr',
    says: ['Oui, avec plaisir !', 'Le tarif est de 400 euros par vidéo.'],
    asked: 'Voulez-vous participer ?',
    gmail: `Le mar. 5 nov. 2024 à 09:02, ${anna} a écrit :`,
    apple: `Le 5 nov. 2024 à 09:02, ${anna} a écrit :`,
    outlook: ['De :', 'Envoyé :', 'À :', 'Objet :'],
    date: 'mardi 5 novembre 2024 09:02',
  },
  {
    code: 'es',
    says: ['Sí, me apunto.', 'El precio es de 400 euros por vídeo.'],
    asked: '¿Te gustaría participar?',
    gmail: `El mar, 5 nov 2024 a las 9:02, Anna Keller (<anna@brand.example>) escribió:`,
    apple: `El 5 nov 2024, a las 9:02, ${anna} escribió:`,
    outlook: ['De:', 'Enviado:', 'Para:', 'Asunto:'],
    date: 'martes, 5 de noviembre de 2024 9:02',
  },
  {
    code: 'it',
    says: ['Sì, volentieri.', 'Il prezzo è di 400 euro per ogni video.'],
    asked: 'Ti piacerebbe partecipare?',
    gmail: `Il giorno mar 5 nov 2024 alle ore 09:02 ${anna} ha scritto:`,
    apple: `Il giorno 5 nov 2024, alle ore 09:02, ${anna} ha scritto:`,
    outlook: ['Da:', 'Inviato:', 'A:', 'Oggetto:'],
    date: 'martedì 5 novembre 2024 09:02',
  },
  {
    code: 'pt',
    says: ['Sim, quero participar.', 'O valor é de 400 euros por vídeo.'],
    asked: 'Quer participar?',
    gmail: `Em ter., 5 de nov. de 2024 às 09:02, ${anna} escreveu:`,
    apple: `Em 5 de nov. de 2024, à(s) 09:02, ${anna} escreveu:`,
    outlook: ['De:', 'Enviado:', 'Para:', 'Assunto:'],
    date: 'terça-feira, 5 de novembro de 2024 09:02',
  },
  {
    code: 'nl',
    says: ['Ja, graag.', 'De prijs is 400 euro per video.'],
    asked: 'Doe je mee?',
    gmail: `Op di 5 nov 2024 om 09:02 schreef ${anna}:`,
    apple: `Op 5 nov 2024 om 09:02 heeft ${anna} het volgende geschreven:`,
    outlook: ['Van:', 'Verzonden:', 'Aan:', 'Onderwerp:'],
    date: 'dinsdag 5 november 2024 09:02',
  },
  {
    code: 'pl',
    says: ['Tak, chętnie.', 'Cena to 400 euro za film.'],
    asked: 'Czy chcesz wziąć udział?',
    gmail: `wt., 5 lis 2024 o 09:02 ${anna} napisał(a):`,
    apple: `Wiadomość napisana przez ${anna} w dniu 5 lis 2024, o godz. 09:02:`,
    outlook: ['Od:', 'Wysłane:', 'Do:', 'Temat:'],
    date: 'wtorek, 5 listopada 2024 09:02',
  },
  {
    code: 'sv',
    says: ['Ja, gärna.', 'Priset är 400 euro per video.'],
    asked: 'Vill du vara med?',
    gmail: `Den tis 5 nov. 2024 kl 09:02 skrev ${anna}:`,
    apple: `5 nov. 2024 kl. 09:02 skrev ${anna}:`,
    outlook: ['Från:', 'Skickat:', 'Till:', 'Ämne:'],
    date: 'den 5 november 2024 09:02',
  },
  {
    code: 'da',
    says: ['Ja, meget gerne.', 'Prisen er 400 euro per video.'],
    asked: 'Vil du være med?',
    gmail: `Den tirs. 5. nov. 2024 kl. 09.02 skrev ${anna}:`,
    apple: `Den 5. nov. 2024 kl. 09.02 skrev ${anna}:`,
    outlook: ['Fra:', 'Sendt:', 'Til:', 'Emne:'],
    date: '5. november 2024 09:02',
  },
  {
    code: 'tr',
    says: ['Evet, çok isterim.', 'Video başına ücret 400 avro.'],
    asked: 'Katılmak ister misin?',
    gmail: `${anna}, 5 Kas 2024 Sal, 09:02 tarihinde şunu yazdı:`,
    apple: `${anna} şunları yazdı (5 Kas 2024 09:02):`,
    outlook: ['Gönderen:', 'Gönderildi:', 'Kime:', 'Konu:'],
    date: '5 Kasım 2024 Salı 09:02',
  },
  {
    code: 'ru',
    says: ['Да, с удовольствием.', 'Цена 400 евро за ролик.'],
    asked: 'Хотите участвовать?',
    gmail: `вт, 5 нояб. 2024 г. в 09:02, ${anna}:`,
    apple: `5 нояб. 2024 г., в 09:02, ${anna} написал(а):`,
    outlook: ['От:', 'Отправлено:', 'Кому:', 'Тема:'],
    date: '5 ноября 2024 г. 9:02',
  },
  {
    code: 'ja',
    says: ['はい、ぜひ参加します。', '動画一本につき四百ユーロです。'],
    asked: '参加しませんか。',
    gmail: `2024年11月5日(火) 9:02 ${anna}:`,
    apple: `2024/11/05 9:02、${anna}のメール:`,
    outlook: ['差出人:', '送信日時:', '宛先:', '件名:'],
    date: '2024年11月5日 9:02',
    charset: 'iso-2022-jp',
  },
  {
    code: 'zh-CN',
    says: ['好的，我很愿意参加。', '每个视频四百欧元。'],
    asked: '你愿意参加吗？',
    gmail: `${anna} 于2024年11月5日周二 09:02写道：`,
    apple: `2024年11月5日 09:02，${anna} 写道：`,
    outlook: ['发件人:', '发送时间:', '收件人:', '主题:'],
    date: '2024年11月5日 9:02',
    charset: 'gbk',
  },
  {
    code: 'zh-TW',
    says: ['好的，我很樂意參加。', '每支影片四百歐元。'],
    asked: '你願意參加嗎？',
    gmail: `${anna} 於 2024年11月5日 週二 上午9:02寫道：`,
    apple: `${anna} 於 2024年11月5日 上午9:02 寫道：`,
    outlook: ['寄件者:', '寄件日期:', '收件者:', '主旨:'],
    date: '2024年11月5日 上午 09:02',
    charset: 'big5',
  },
  {
    code: 'ko',
    says: ['네, 기꺼이 참여하겠습니다.', '영상 하나에 사백 유로입니다.'],
    asked: '참여하시겠어요?',
    gmail: `2024년 11월 5일 (화) 오전 9:02, ${anna}님이 작성:`,
    apple: `2024. 11. 5. 오전 9:02, ${anna} 작성:`,
    outlook: ['보낸 사람:', '보낸 날짜:', '받는 사람:', '제목:'],
    date: '2024년 11월 5일 화요일 오전 9:02',
    charset: 'euc-kr',
  },
]

/** Per language and program one with both bodies and one as plain text alone. */
export function replies(): Sample[] {
  return tongues.flatMap((tongue) =>
    [gmail(tongue), outlook(tongue), apple(tongue)].flatMap(({ client, text, html, signature }) => {
      const told = {
        group: 'reply' as const,
        visible: tongue.says.join('\n\n'),
        ...(signature === undefined ? {} : { signature }),
      }
      const name = `${client} ${tongue.code}`
      const body = tongue.charset === undefined ? plain(text) : altered(text, tongue.charset)
      return [
        { ...told, name, raw: alternative(text, html) },
        { ...told, name: `${name}, plain`, raw: body },
      ]
    }),
  )
}

interface Written {
  readonly client: string
  readonly text: string
  readonly html: string
  readonly signature?: string
}

function gmail({ says, asked, gmail: introduced }: Tongue): Written {
  const signature = 'Lena Muster\nCreator'
  return {
    client: 'Gmail',
    text: `${says.join('\n\n')}\n\n-- \n${signature}\n\n\n${folded(introduced)}\n\n> ${asked}\n>\n> Anna\n>`,
    html:
      `<div dir="ltr"><div>${says[0]}</div><div><br></div><div>${says[1]}</div><div><br></div>` +
      `<span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature">Lena Muster<br>Creator</div></div><br>` +
      `<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${escaped(introduced)}<br></div>` +
      `<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">` +
      `<div dir="ltr"><div>${asked}</div><div><br></div><div>Anna</div></div></blockquote></div>`,
    signature,
  }
}

function outlook({ says, asked, outlook: [from, sent, to, subject], date }: Tongue): Written {
  const fields = [`${from} ${anna}`, `${sent} ${date}`, `${to} Lena Muster`, `${subject} Spring`]
  const shown = fields.map((field) => {
    const end = field.indexOf(':') + 1
    return `<b>${field.slice(0, end)}</b>${escaped(field.slice(end))}`
  })
  return {
    client: 'Outlook',
    text: `${says.join('\n\n')}\n\n________________________________\n${fields.join('\n')}\n\n${asked}\n\nAnna\n`,
    html:
      `<html><head><style type="text/css">P {margin-top:0;margin-bottom:0;}</style></head><body dir="ltr">` +
      `<div class="elementToProof">${says[0]}</div><div class="elementToProof"><br></div><div class="elementToProof">${says[1]}</div>` +
      `<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">` +
      `<font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">${shown.join('<br>')}</font><div>&nbsp;</div></div>` +
      `<div>${asked}</div><div><br></div><div>Anna</div></body></html>`,
  }
}

function apple({ says, asked, apple: introduced }: Tongue): Written {
  return {
    client: 'Apple',
    text: `${says.join('\n\n')}\n\n> ${introduced}\n> \n> ${asked}\n> \n> Anna\n`,
    html:
      `<html><head></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space;">${says[0]}<div><br></div><div>${says[1]}</div>` +
      `<div><br><blockquote type="cite"><div>${escaped(introduced)}</div><br class="Apple-interchange-newline">` +
      `<div><div>${asked}</div><div><br></div><div>Anna</div></div></blockquote></div><br></body></html>`,
  }
}

// Gmail breaks its plain lines before the 78th character
function folded(line: string): string {
  const at = line.length > 72 ? line.indexOf(' <') : -1
  return at < 0 ? line : `${line.slice(0, at)}\n${line.slice(at + 1)}`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
