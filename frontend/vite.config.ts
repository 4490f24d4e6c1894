import vue from '@vitejs/plugin-vue'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { manualPlugin } from '../scripts/lib/manual/plugin.mjs'

const backend = { target: 'https://localhost:3000', secure: false }

/** Of the world's numbering plans the page needs Japan's: 3 KB instead of 80. */
const onlyJapan: Plugin = {
  name: 'only-japan',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('libphonenumber-js/metadata.min.json.js')) return
    const all = JSON.parse(readFileSync(id.replace(/\.js$/, ''), 'utf8'))
    const japan = {
      version: all.version,
      country_calling_codes: { 81: ['JP'] },
      countries: { JP: all.countries.JP },
    }
    return `export default ${JSON.stringify(japan)}`
  },
}

interface ModuleGraph {
  getModuleInfo: (id: string) => { importedIds: string[] } | null
}

/** Everything that these modules need, without what is fetched later. */
function needsOf(from: string, graph: ModuleGraph, found = new Set<string>()): Set<string> {
  if (found.has(from)) return found
  found.add(from)
  for (const id of graph.getModuleInfo(from)?.importedIds ?? []) needsOf(id, graph, found)
  return found
}

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url))
let files: { login: Set<string>; operator: Set<string> } | undefined

/**
 * What everybody loads is one file, and what the operator's phone needs beyond it is another: cut up by what other pages
 * share of them, they would be 7 kB larger.
 */
function fileOf(id: string, graph: ModuleGraph): string | null {
  files ??= {
    login: needsOf(source('main.ts'), graph),
    operator: needsOf(source('pages/OperatorPage.vue'), graph),
  }
  if (files.login.has(id)) return 'start'
  return files.operator.has(id) ? 'operator-desk' : null
}

export default defineConfig({
  plugins: [vue(), onlyJapan, manualPlugin()],
  // The contract's TypeScript is bundled as it stands, so that the page never lags behind a forgotten build of it.
  resolve: { conditions: ['tsunagu-source', 'module', 'browser', 'development|production'] },
  define: {
    // Not used here, and 10 KB smaller without.
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    // `prepared` in i18n.ts does what is needed of it.
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
  },
  build: {
    // `light-dark()` is kept as written; the browsers of the compatibility list all know it.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // Inlined `data:` files would need a hole in the content security policy.
    assetsInlineLimit: 0,
    sourcemap: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: fileOf, debugName: 'operator' }],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': backend,
      '/socket.io': { ...backend, ws: true },
      '/sip': { ...backend, ws: true },
    },
  },
})
