/** Names of files: what may stand in a header and on a screen, and which types providers refuse to carry. */

const risky =
  /\.(?:ade|adp|apk|appx|bat|cab|chm|cmd|com|cpl|dll|dmg|exe|hta|ins|isp|iso|img|jar|js|jse|lib|lnk|mde|msc|msi|msix|msp|mst|nsh|pif|ps1|reg|scr|sct|shb|sys|vb|vbe|vbs|vhd|vxd|wsc|wsf|wsh)$/i

/** Without folders, control and direction characters; at most 200 characters, its ending kept. */
export function cleanFilename(name: string): string {
  const bare = name
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
    .replace(/^.*[/\\]/, '')
    .trim()
    .replaceAll(/^\.+|[. ]+$/g, '')
  const dot = bare.lastIndexOf('.')
  if (bare.length <= 200) return bare === '' ? 'file' : bare
  const ending = dot > 0 && bare.length - dot <= 12 ? bare.slice(dot) : ''
  return bare.slice(0, 200 - ending.length) + ending
}

/** Gmail and Outlook reject mails that carry such a file. */
export function refusedByProviders(filename: string): boolean {
  return risky.test(filename)
}
