/**
 * Unpacks the browser of `@sparticuz/chromium` and the libraries it may need into the temporary folder (TMPDIR), with a
 * font configuration that names the place at which it will lie, the first argument.
 */
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import chromium, { inflate } from '@sparticuz/chromium'

const [place = tmpdir()] = process.argv.slice(2)
await chromium.executablePath()
await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))))
await writeFile(
  join(tmpdir(), 'fonts.conf'),
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${place}/fonts/fonts</dir><cachedir>${place}/fonts-cache</cachedir></fontconfig>
`,
)
