/**
 * Builds the web page into dist/, one chunk per route, and beside it the page that verifies an access log by itself. In
 * development the API is asked from a running Kontor (`KONTOR_URL`, default http://127.0.0.1:3000).
 */
import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'
import { verifierFile, verifierPage } from './verifier-page.ts'

export default defineConfig(({ mode }) => {
  const target = loadEnv(mode, '.', 'KONTOR_')['KONTOR_URL'] ?? 'http://127.0.0.1:3000'
  return {
    plugins: [
      react(),
      {
        name: 'verifier-page',
        async generateBundle() {
          this.emitFile({ type: 'asset', fileName: verifierFile, source: await verifierPage() })
        },
      },
    ],
    server: { proxy: { '/api': { target, changeOrigin: false } } },
    build: { target: 'es2023', sourcemap: false, assetsInlineLimit: 0 },
  }
})
