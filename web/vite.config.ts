/**
 * Builds the web page into dist/, one chunk per route. In development the API is asked from a running Kontor
 * (`KONTOR_URL`, default http://127.0.0.1:3000).
 */
import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'

export default defineConfig(({ mode }) => {
  const target = loadEnv(mode, '.', 'KONTOR_')['KONTOR_URL'] ?? 'http://127.0.0.1:3000'
  return {
    plugins: [react()],
    server: { proxy: { '/api': { target, changeOrigin: false } } },
    build: { target: 'es2023', sourcemap: false, assetsInlineLimit: 0 },
  }
})
