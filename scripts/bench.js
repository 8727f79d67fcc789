/**
 * `npm run bench -- b1 --json`: the benchmarks, with the pinned Node. Their peers are installed on first use, from a
 * lock file of their own, so that nobody installs them to use Kontor.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { handedToPinnedNode } from './pinned-node.js'

const folder = fileURLToPath(new URL('../bench/', import.meta.url))

if (!handedToPinnedNode()) {
  if (!existsSync(`${folder}node_modules`)) {
    process.stderr.write('Installing the peers of the benchmarks …\n')
    spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--workspaces=false'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  const { status } = spawnSync(process.execPath, [`${folder}run.ts`, ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
}
