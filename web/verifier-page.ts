/**
 * Makes the page that verifies a downloaded access log: one HTML file with its script, its style and its letters, which
 * forbids itself every connection. Script and style are named by their hash, so that nothing else can run in it.
 */
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

export const verifierFile = 'verify-access-log.html'

const entry = fileURLToPath(new URL('src/verifier/main.ts', import.meta.url))

export async function verifierPage(): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      cssTarget: 'es2022',
      lib: { entry, formats: ['iife'], name: 'verifier', fileName: 'verifier' },
    },
  })
  const files = (Array.isArray(built) ? built : [built]).flatMap((one) => ('output' in one ? one.output : []))
  let script = ''
  let style = ''
  for (const file of files) {
    if (file.type === 'chunk') script += file.code
    else if (file.fileName.endsWith('.css')) style += String(file.source)
    else throw new Error(`${file.fileName} would lie beside the page`)
  }
  return page(script.replaceAll('</script', '<\\/script').trim(), withoutSpareLetters(style).trim())
}

function page(script: string, style: string): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Kontor</title>
<style>${style}</style>
</head>
<body>
<noscript>This page needs JavaScript to verify a file. · Diese Seite braucht JavaScript, um eine Datei zu prüfen.</noscript>
<script>${script}</script>
</body>
</html>
`
}

/** The letters of the western languages are enough here, and the file stays small enough to send. */
function withoutSpareLetters(style: string): string {
  return style.replaceAll(/@font-face\s*\{[^}]*unicode-range:\s*U\+0*100[^}]*\}/gi, '')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
