/** The plain frame of every page of the practice world: a hatched band, quiet type, nobody's brand. */
import { html, raw } from 'hono/html'

export type Html = ReturnType<typeof html>
export type Language = 'en' | 'de'

const STYLE = `
:root { color-scheme: light dark; --paper: #faf9f6; --surface: #fff; --ink: #1b1d1f; --grey: #5b6066; --line: #e6e3dc; --accent: #2a3fc4; --practice: #6b2fa0 }
@media (prefers-color-scheme: dark) { :root { --paper: #151618; --surface: #1d1f22; --ink: #eceae4; --grey: #a3a7ad; --line: #33363a; --accent: #9dadff; --practice: #b98be0 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/20px 'Source Sans 3', 'Segoe UI', system-ui, sans-serif }
body::before { content: ''; display: block; height: 6px; background: repeating-linear-gradient(135deg, var(--practice) 0 6px, transparent 6px 12px) }
main { max-width: 960px; margin: 32px auto; padding: 0 16px } main.narrow { max-width: 440px }
h1 { overflow-wrap: anywhere; font-size: 20px; line-height: 28px; font-weight: 600 } h2 { font-size: 16px; line-height: 24px; font-weight: 600; margin-top: 32px }
a { color: var(--accent) } .grey { color: var(--grey) } .right { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
table { width: 100%; border-collapse: collapse; font-size: 13px; line-height: 18px } td, th { text-align: left; padding: 6px 8px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere }
th { font-weight: 600; color: var(--grey) }
label { display: flex; gap: 10px; align-items: flex-start; padding: 10px 0; border-bottom: 1px solid var(--line) }
label.field { display: block; border: 0; padding: 6px 0 } input[type=text], input[type=email], input[type=number], select, textarea { width: 100%; font: inherit; padding: 8px; border: 1px solid var(--grey); border-radius: 6px; background: var(--surface); color: var(--ink) }
button { font: inherit; min-height: 36px; padding: 6px 14px; border: 1px solid var(--grey); border-radius: 6px; background: var(--surface); color: var(--ink); cursor: pointer }
button.main { background: var(--accent); border-color: var(--accent); color: var(--paper) }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 8px 0; align-items: center } legend { float: left; padding: 0; margin-right: 16px }
fieldset button { border-radius: 0; margin-left: -1px } fieldset button:first-of-type { border-radius: 6px 0 0 6px } fieldset button:last-of-type { border-radius: 0 6px 6px 0 } @media (max-width: 540px) { legend { float: none; margin-bottom: 8px } fieldset button { padding: 6px 10px } }
button[aria-pressed=true] { background: var(--ink); border-color: var(--ink); color: var(--paper) }
details { border-bottom: 1px solid var(--line) } summary { padding: 10px 0; cursor: pointer } details form { padding: 0 0 16px }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(210px, 1fr)); gap: 4px 16px; align-items: end } @media (min-width: 540px) { .fields .wide { grid-column: span 2 } } .apart { margin-top: 16px } select { min-height: 38px } input[type=checkbox], input[type=radio] { accent-color: var(--accent) } label.tick { border: 0; align-items: center; min-height: 36px; padding: 6px 0 }
.top { display: flex; justify-content: space-between; gap: 16px }
.acts { display: flex; gap: 12px; justify-content: flex-end; margin-top: 24px }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--surface); border: 1px solid var(--line); border-radius: 6px; padding: 12px; font: 14px/22px Georgia, serif }
iframe { width: 100%; height: 420px; border: 1px solid var(--line); border-radius: 6px; background: #fff }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
`

export interface Frame {
  readonly language: Language
  readonly title: string
  readonly width: 'narrow' | 'wide'
  readonly content: Html | Promise<Html>
}

export async function page(frame: Frame): Promise<string> {
  const content = await frame.content
  const whole = await html`<!doctype html>
<html lang="${frame.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${frame.title}</title>
<style>${raw(STYLE)}</style></head><body><main class="${frame.width}">${content}</main></body></html>`
  return whole.toString()
}

/** German when the address or the browser asks for it, else English. */
export function languageOf(hl: string | undefined, acceptLanguage: string | undefined): Language {
  const wish = hl ?? acceptLanguage?.split(',')[0] ?? 'en'
  return wish.trim().toLowerCase().startsWith('de') ? 'de' : 'en'
}
