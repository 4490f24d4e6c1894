import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { restorePreferences } from './actions/preferences'
import App from './App.vue'
import { i18n } from './i18n'
import { router } from './router'
import './styles/tokens.css'
import './styles/base.css'
import './styles/table.css'
import './styles/dialog.css'

const app = createApp(App).use(createPinia())
// Before the first paint, so that neither the language nor the theme changes under the eye.
await restorePreferences()
app.use(i18n).use(router).mount('#app')
