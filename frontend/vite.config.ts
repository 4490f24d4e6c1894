import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const backend = { target: 'https://localhost:3000', secure: false }

export default defineConfig({
  plugins: [vue()],
  // The contract's TypeScript is bundled as it stands, so that the page never lags behind a forgotten build of it.
  resolve: { conditions: ['tsunagu-source', 'module', 'browser', 'development|production'] },
  define: {
    // Not used here, and 5 KB smaller without.
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    // `light-dark()` is kept as written; the browsers of the compatibility list all know it.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // Inlined `data:` files would need a hole in the content security policy.
    assetsInlineLimit: 0,
    sourcemap: true,
  },
  server: {
    proxy: {
      '/api': backend,
      '/socket.io': { ...backend, ws: true },
      '/sip': { ...backend, ws: true },
    },
  },
})
