import { defineConfig } from 'wxt'

/**
 * The extension's build. Permissions are the least that the work needs:
 * - the portal's origin is optional and asked for at set-up, exactly that one;
 * - content scripts are registered at run time for it (`lib/extension/portal-access.ts`).
 */
export default defineConfig({
  modules: ['@wxt-dev/module-react'],
  imports: false,
  manifest: ({ browser }) => {
    const isFirefox = browser === 'firefox'
    const portalOrigins = ['https://*/*']
    return {
      name: '__MSG_name__',
      description: '__MSG_description__',
      default_locale: 'ru',
      minimum_chrome_version: isFirefox ? undefined : '127',
      // Becomes `browser_action` in Firefox's Manifest V2. Without a popup: a click opens the settings.
      action: { default_title: '__MSG_name__' },
      permissions: ['storage', 'alarms', 'scripting', ...(isFirefox ? [] : ['offscreen'])],
      // Firefox MV2 knows optional origins only as optional_permissions.
      ...(isFirefox
        ? { optional_permissions: portalOrigins }
        : { optional_host_permissions: portalOrigins }),
      web_accessible_resources: isFirefox
        ? ['panel.html']
        : [{ resources: ['panel.html'], matches: portalOrigins, use_dynamic_url: true }],
      ...(isFirefox && {
        browser_specific_settings: {
          gecko: {
            id: 'prozvon@prozvon.app',
            strict_min_version: '128.0',
            data_collection_permissions: { required: ['none'] },
          },
        },
      }),
    }
  },
})
